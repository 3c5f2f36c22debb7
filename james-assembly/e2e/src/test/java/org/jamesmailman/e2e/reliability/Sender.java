// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.WireReply;

/**
 * A client as a mail server is one: it brings message after message, and each again until it is answered by 250, over
 * another connection where one breaks. Works on a thread of its own until it is closed.
 */
final class Sender implements AutoCloseable {
    private static final Pattern QUEUED = Pattern.compile("queued as (\\d+\\.\\d+\\+[0-9a-f]{40})");
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A conversation is kept, to be shown when something fails. */
    private static final int MESSAGES_A_CONNECTION = 200;

    private final int port;
    private final String recipient;
    private final AtomicInteger numbers;
    private final Consumer<String> told;
    private final long intervalNanos;
    private final Thread thread = new Thread(this::work, "sender");
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger putOff = new AtomicInteger();
    private Optional<WireClient> connection = Optional.empty();
    private int left;
    private volatile boolean isDone;
    private volatile String trouble = "";

    /**
     * Begins at once.
     *
     * @param numbers gives the number of each {@linkplain Posts#message message}
     * @param told is told the name of each entry
     * @param intervalNanos from message to message; 0: as fast as they are taken
     */
    Sender(int port, String recipient, AtomicInteger numbers, Consumer<String> told, long intervalNanos) {
        this.port = port;
        this.recipient = recipient;
        this.numbers = numbers;
        this.told = told;
        this.intervalNanos = intervalNanos;
        thread.start();
    }

    /** How many messages were answered by 250. */
    int taken() {
        return taken.get();
    }

    /** How often it was told to come again, or told nothing. */
    int putOff() {
        return putOff.get();
    }

    /** What no mail server should be told; empty when there was no such thing. */
    String trouble() {
        return trouble;
    }

    /** Brings the last message until it is taken, and ends. */
    @Override
    public void close() {
        isDone = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long due = System.nanoTime();
        while (!isDone && trouble.isEmpty()) {
            LockSupport.parkNanos(due - System.nanoTime());
            due += intervalNanos;
            bring(Posts.message(numbers.getAndIncrement()));
        }
        connection.ifPresent(WireClient::close);
    }

    private void bring(byte[] message) {
        boolean isTaken = attempt(message);
        while (!isTaken && trouble.isEmpty()) {
            putOff.incrementAndGet();
            LockSupport.parkNanos(RETRY_NANOS);
            isTaken = attempt(message);
        }
    }

    private boolean attempt(byte[] message) {
        try {
            WireClient wire = connected();
            boolean isAccepted =
                    isFine(wire.send("MAIL FROM:<anne@example.com>").read())
                            && isFine(wire.send("RCPT TO:<" + recipient + ">").read());
            if (!isAccepted) {
                isFine(wire.send("RSET").read());
                return false;
            }
            return isFine(wire.send("DATA").read())
                    && isQueued(wire.sendMessage(message).read());
        } catch (AssertionError | UncheckedIOException e) {
            // The connection is broken, or there is none.
            connection.ifPresent(WireClient::close);
            connection = Optional.empty();
            return false;
        }
    }

    private WireClient connected() {
        if (left-- <= 0) {
            connection.ifPresent(WireClient::close);
            connection = Optional.empty();
        }
        if (connection.isEmpty()) {
            connection = Optional.of(WireClient.connect(port));
            connection.get().expect("220").send("LHLO client.example.org").expect("250");
            left = MESSAGES_A_CONNECTION;
        }
        return connection.get();
    }

    private boolean isFine(WireReply reply) {
        if (reply.code() >= 500) {
            trouble = reply.toString();
        }
        return reply.code() < 400;
    }

    private boolean isQueued(WireReply reply) {
        Matcher queued = QUEUED.matcher(reply.toString());
        if (isFine(reply) && queued.find()) {
            told.accept(queued.group(1));
            taken.incrementAndGet();
            return true;
        }
        return false;
    }
}
