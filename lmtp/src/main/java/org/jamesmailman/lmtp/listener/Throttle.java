// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets so many log lines of a kind through as somebody may read: ten a minute, and the next tells how many were left
 * out. Thread-safe.
 */
final class Throttle {
    private static final int LIMIT = 10;
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private long since;
    private int said;
    private long leftOut;

    /** @param nanoTime as of {@link System#nanoTime()} */
    Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** @param line says the line, what it is given at its end */
    void say(Consumer<String> line) {
        String end;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now - since >= PERIOD) {
                since = now;
                said = 0;
            }
            if (said >= LIMIT) {
                leftOut++;
                return;
            }
            said++;
            end = leftOut > 0 ? " (" + leftOut + " more before were left out)" : "";
            leftOut = 0;
        }
        line.accept(end);
    }
}
