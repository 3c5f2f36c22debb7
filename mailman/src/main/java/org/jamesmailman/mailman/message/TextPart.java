// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The beginning of a part that is {@code text/plain}. Immutable. */
public final class TextPart {
    private static final Set<String> UUENCODED = Set.of("x-uuencode", "uuencode", "uue", "x-uue");

    private final Optional<String> charset;
    private final String encoding;
    private final byte[] raw;
    private final boolean whole;

    /**
     * @param charset its label in lower case; nothing when only Python would tell
     * @param encoding the Content-Transfer-Encoding as written
     * @param raw the first octets, still encoded
     * @param whole whether these are all
     */
    TextPart(Optional<String> charset, Optional<String> encoding, byte[] raw, boolean whole) {
        this.charset = charset;
        this.encoding = encoding.orElse("").toLowerCase(Locale.ROOT);
        this.raw = raw;
        this.whole = whole;
    }

    /** The label of its charset in lower case, {@code us-ascii} without one; nothing when only Python would tell. */
    public Optional<String> charset() {
        return charset;
    }

    /**
     * Its first octets, the transfer encoding undone.
     *
     * @param octets as ISO-8859-1
     * @param whole whether these are all
     */
    public record Beginning(String octets, boolean whole) {}

    /**
     * Its first octets as {@code Message.get_payload(decode=True)} may give them. More than one are possible of base64,
     * which Python takes as it is when its length is wrong; none when only Python would tell.
     */
    public List<Beginning> beginnings() {
        if (UUENCODED.contains(encoding)) {
            return List.of();
        }
        return switch (encoding) {
            case "quoted-printable" -> List.of(quotedPrintable());
            case "base64" -> base64();
            default -> List.of(new Beginning(text(), whole));
        };
    }

    private String text() {
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    /** As {@code binascii.a2b_qp}. */
    private Beginning quotedPrintable() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(raw.length);
        // What an equals sign near the cut means lies behind it.
        int end = whole ? raw.length : Math.max(0, raw.length - 2);
        int i = 0;
        while (i < end) {
            if (raw[i] != '=') {
                octets.write(raw[i++]);
            } else if (isAt(i + 1, '\n') || isAt(i + 1, '\r')) {
                i = behindLineFeed(i + 1);
            } else {
                int octet = i + 2 < raw.length ? ContinuedParameter.hex((char) raw[i + 1], (char) raw[i + 2]) : -1;
                if (octet >= 0) {
                    octets.write(octet);
                    i += 3;
                } else if (i + 1 < raw.length) {
                    octets.write('=');
                    i += isAt(i + 1, '=') ? 2 : 1;
                } else {
                    i++;
                }
            }
        }
        return new Beginning(octets.toString(StandardCharsets.ISO_8859_1), whole);
    }

    private boolean isAt(int index, char c) {
        return index < raw.length && raw[index] == c;
    }

    private int behindLineFeed(int from) {
        int i = from;
        while (i < raw.length && raw[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    /**
     * As {@code email._encoded_words.decode_b}: other characters are skipped. Up to the first equals sign all of its
     * tries agree.
     */
    private List<Beginning> base64() {
        String joined = text().replace("\r", "").replace("\n", "");
        StringBuilder letters = new StringBuilder(joined.length());
        int i = 0;
        while (i < joined.length() && joined.charAt(i) != '=') {
            if (Word.BASE64.indexOf(joined.charAt(i)) >= 0) {
                letters.append(joined.charAt(i));
            }
            i++;
        }
        boolean toTheEnd = whole && joined.substring(i).replace("=", "").isEmpty();
        int inLastGroup = letters.length() % 4;
        // With padding two or three characters of a group are enough.
        int usable = toTheEnd && inLastGroup != 1 ? letters.length() : letters.length() - inLastGroup;
        byte[] octets = Base64.getDecoder().decode(letters.substring(0, usable));
        return List.of(
                new Beginning(new String(octets, StandardCharsets.ISO_8859_1), toTheEnd), new Beginning(joined, whole));
    }
}
