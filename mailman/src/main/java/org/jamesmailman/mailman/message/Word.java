// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A piece of a header between or as an encoded word (RFC 2047 2).
 *
 * @param text still encoded; ASCII
 * @param charset in lower case; of an encoded word only
 * @param encoding how an encoded word is encoded
 */
record Word(String text, Optional<String> charset, Encoding encoding) {
    enum Encoding {
        NONE,
        Q,
        B
    }

    static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    static Word plain(String text) {
        return new Word(text, Optional.empty(), Encoding.NONE);
    }

    boolean isEncoded() {
        return charset.isPresent();
    }

    /** The octets that the word stands for; nothing when Python raises. */
    Optional<byte[]> octets() {
        return switch (encoding) {
            case NONE -> Optional.of(text.getBytes(StandardCharsets.ISO_8859_1));
            case Q -> Optional.of(quotedPrintable());
            case B -> base64();
        };
    }

    /** As {@code email.quoprimime.header_decode}. */
    private byte[] quotedPrintable() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int octet = c == '=' && i + 2 < text.length()
                    ? ContinuedParameter.hex(text.charAt(i + 1), text.charAt(i + 2))
                    : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 3;
            } else {
                octets.write(c == '_' ? ' ' : c);
                i++;
            }
        }
        return octets.toByteArray();
    }

    /**
     * As {@code binascii.a2b_base64}, not strict, after {@code email.header} has filled the text up to a multiple of
     * four: other characters are skipped, and the first complete padding ends it.
     */
    private Optional<byte[]> base64() {
        String padded = text + "=".repeat((4 - text.length() % 4) % 4);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(padded.length());
        int bits = 0;
        int inQuad = 0;
        int pads = 0;
        for (int i = 0; i < padded.length(); i++) {
            char c = padded.charAt(i);
            if (c == '=') {
                if (inQuad >= 2 && inQuad + ++pads >= 4) {
                    return Optional.of(octets.toByteArray());
                }
                continue;
            }
            int value = BASE64.indexOf(c);
            if (value < 0) {
                continue;
            }
            pads = 0;
            bits = (bits << 6 | value) & 0xFFF;
            if (inQuad > 0) {
                octets.write(bits >> (6 - 2 * inQuad));
            }
            inQuad = (inQuad + 1) % 4;
        }
        return inQuad == 0 ? Optional.of(octets.toByteArray()) : Optional.empty();
    }
}
