// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Watches how long a client takes. For a command it has the time-out as a whole, however many octets it sends
 * meanwhile; within a message it has that time-out for each silence, and another for the whole. Used by the
 * connection's thread.
 */
final class ConnectionClock {
    private final long timeout;
    private final long messageTimeout;
    private Optional<ScheduledFuture<?>> watch = Optional.empty();
    private long silentSince = System.nanoTime();
    private Optional<Long> messageSince = Optional.empty();
    private boolean isResting;

    ConnectionClock(Duration timeout, Duration messageTimeout) {
        this.timeout = timeout.toNanos();
        this.messageTimeout = messageTimeout.toNanos();
    }

    void start(ChannelHandlerContext context, Runnable timedOut) {
        silentSince = System.nanoTime();
        watch(context, timedOut, Math.min(timeout, messageTimeout));
    }

    void stop() {
        watch.ifPresent(future -> future.cancel(false));
        watch = Optional.empty();
    }

    /** Octets have come. */
    void heard() {
        if (messageSince.isPresent()) {
            silentSince = System.nanoTime();
        }
    }

    /** It is the client's turn to send a command. */
    void awaitCommand() {
        silentSince = System.nanoTime();
        messageSince = Optional.empty();
        isResting = false;
    }

    /** It is the client's turn to send a message. */
    void awaitMessage() {
        silentSince = System.nanoTime();
        messageSince = Optional.of(silentSince);
    }

    /** It is our turn. */
    void rest() {
        isResting = true;
    }

    private void watch(ChannelHandlerContext context, Runnable timedOut, long nanos) {
        watch = Optional.of(context.executor().schedule(() -> look(context, timedOut), nanos, TimeUnit.NANOSECONDS));
    }

    private void look(ChannelHandlerContext context, Runnable timedOut) {
        long left = isResting ? timeout : left(System.nanoTime());
        if (left > 0) {
            // A message may begin meanwhile.
            watch(context, timedOut, Math.min(left, messageTimeout));
        } else {
            timedOut.run();
        }
    }

    private long left(long now) {
        long left = timeout - (now - silentSince);
        return messageSince
                .map(since -> Math.min(left, messageTimeout - (now - since)))
                .orElse(left);
    }
}
