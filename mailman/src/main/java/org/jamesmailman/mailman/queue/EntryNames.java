// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names queue entries as Mailman's runners want them: decimal seconds, {@code +}, forty hexadecimal digits.
 *
 * <p>The runners sort by the seconds, so a process never gives the same or an earlier number twice, even when the clock
 * steps back. They slice a queue among instances by the digits' topmost bits, so the digits are a SHA-1, as Mailman's
 * own, of what no other entry shares. Any other form of name kills the runner.
 *
 * <p>Source: {@code enqueue} and {@code get_files} in Mailman's {@code core/switchboard.py}. Thread-safe.
 */
final class EntryNames {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NONCE_LENGTH = 16;

    private final InstantSource clock;
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final AtomicLong lastMicros = new AtomicLong();

    EntryNames(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        random.nextBytes(nonce);
    }

    /** A name that no other entry has, of this or another process; without a file extension. */
    String next(String listId) {
        Instant now = clock.instant();
        long clockMicros = now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / 1_000;
        long micros = lastMicros.accumulateAndGet(clockMicros, (last, current) -> Math.max(last + 1, current));
        long fraction = micros % MICROS_PER_SECOND;
        // A leading digit more than the fraction has, cut off again: pads with zeros, without a formatter.
        String padded = Long.toString(MICROS_PER_SECOND + fraction).substring(1);
        return micros / MICROS_PER_SECOND + "." + padded + '+' + HexFormat.of().formatHex(digest(listId, micros));
    }

    private byte[] digest(String listId, long micros) {
        MessageDigest sha1 = sha1();
        sha1.update(nonce);
        sha1.update(ByteBuffer.allocate(Long.BYTES).putLong(micros).flip());
        return sha1.digest(listId.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha1() {
        try {
            // Not for secrecy: Mailman's slices want 160 uniform bits.
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java must have", e);
        }
    }
}
