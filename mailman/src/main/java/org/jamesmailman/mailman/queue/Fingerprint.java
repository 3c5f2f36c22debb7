// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;

/**
 * What a message for a recipient has in common with the same message sent again, and with nothing else: 160 bits of a
 * SHA-256 over the reverse-path, the recipient and the octets.
 *
 * @param first 64 bits
 * @param second 64 more
 * @param third the last 32
 */
public record Fingerprint(long first, long second, int third) implements Comparable<Fingerprint> {
    private static final int DIGITS = 40;

    /**
     * The fingerprint of one message for one recipient.
     *
     * @param reversePath as the client gave it
     * @param recipient the same
     * @param destination what it was found to be
     * @param occurrence how many times the transaction had named this recipient before: naming it twice makes two
     *     entries, as it does with Mailman
     * @param messageDigest of the octets as they came
     */
    public static Fingerprint of(
            String reversePath, String recipient, Destination destination, int occurrence, byte[] messageDigest) {
        MessageDigest digest = sha256();
        for (String text : new String[] {reversePath, recipient, destination.listId(), destination.queue()}) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            digest.update(number(octets.length));
            digest.update(octets);
        }
        digest.update(number(occurrence));
        ByteBuffer bits = ByteBuffer.wrap(digest.digest(messageDigest));
        return new Fingerprint(bits.getLong(), bits.getLong(), bits.getInt());
    }

    /** A SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /** Reads what {@link #hex} has written; empty when it is something else. */
    static Optional<Fingerprint> parse(String hex) {
        if (hex.length() != DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fingerprint(
                    HexFormat.fromHexDigitsToLong(hex, 0, 16),
                    HexFormat.fromHexDigitsToLong(hex, 16, 32),
                    HexFormat.fromHexDigits(hex, 32, DIGITS)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Forty hexadecimal digits. */
    String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(first) + format.toHexDigits(second) + format.toHexDigits(third);
    }

    @Override
    public int compareTo(Fingerprint other) {
        int byFirst = Long.compare(first, other.first);
        int bySecond = byFirst != 0 ? byFirst : Long.compare(second, other.second);
        return bySecond != 0 ? bySecond : Integer.compare(third, other.third);
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).flip();
    }
}
