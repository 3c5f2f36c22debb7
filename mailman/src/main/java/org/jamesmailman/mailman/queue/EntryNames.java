// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names queue entries as Mailman's runners want them: decimal seconds, {@code +}, forty hexadecimal digits.
 *
 * <p>The runners sort by the seconds, so a process never gives the same or an earlier number twice, even when the clock
 * steps back. They slice a queue among instances by the digits' topmost bits, so the digits are those of a fingerprint,
 * which are uniform. Any other form of name kills the runner. Two servers may give one name only to the same message
 * for the same recipient.
 *
 * <p>Source: {@code enqueue} and {@code get_files} in Mailman's {@code core/switchboard.py}. Thread-safe.
 */
final class EntryNames {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final InstantSource clock;
    private final AtomicLong lastMicros = new AtomicLong();

    EntryNames(InstantSource clock) {
        this.clock = clock;
    }

    /** A name that no other entry of this process has. */
    EntryName next(Fingerprint fingerprint) {
        long now = micros(clock.instant());
        return new EntryName(
                lastMicros.accumulateAndGet(now, (last, current) -> Math.max(last + 1, current)), fingerprint);
    }

    /** Microseconds since 1970. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / 1_000;
    }
}
