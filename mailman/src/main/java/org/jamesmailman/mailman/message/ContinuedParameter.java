// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pieces of a parameter that is continued over several ({@code name*0}, {@code name*1}) or percent-encoded
 * ({@code name*}), RFC 2231, put together as {@code email.utils.decode_params} does.
 */
final class ContinuedParameter {
    /** Python 3.11 turns no longer string of digits into a number ({@code sys.get_int_max_str_digits}). */
    private static final int MAX_DIGITS = 4300;

    /**
     * A piece.
     *
     * @param digits its number without leading zeros, empty for none
     */
    private record Segment(Optional<String> digits, String value, boolean encoded) {
        private static final Comparator<String> BY_NUMBER =
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
        private static final Comparator<Segment> ORDER = Comparator.comparing(
                        (Segment segment) -> segment.digits.orElse(""), BY_NUMBER)
                .thenComparing(Segment::value)
                .thenComparing(Segment::encoded);
    }

    private final List<Segment> segments = new ArrayList<>();
    private boolean tooManyDigits;

    /** @param digits the number of the piece, null when it has none */
    void add(String digits, String value, boolean encoded) {
        tooManyDigits |= digits != null && digits.length() > MAX_DIGITS;
        segments.add(new Segment(Optional.ofNullable(digits).map(ContinuedParameter::withoutZeros), value, encoded));
    }

    private static String withoutZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    /** Whether Python raises when it sorts the pieces: it does not compare a number with no number. */
    boolean isUnsortable() {
        long numbered =
                segments.stream().filter(segment -> segment.digits.isPresent()).count();
        return tooManyDigits || (numbered > 0 && numbered < segments.size());
    }

    /** The pieces in order, decoded, as a boundary. */
    Boundary joined() {
        StringBuilder joined = new StringBuilder();
        boolean anyEncoded = false;
        for (Segment segment : segments.stream().sorted(Segment.ORDER).toList()) {
            joined.append(segment.encoded ? percentDecode(segment.value) : segment.value);
            anyEncoded |= segment.encoded;
        }
        String quoted = ContentTypeParameters.quote(joined.toString());
        return anyEncoded ? decode(quoted) : Boundary.Delimiter.of(unquoteTwice(quoted));
    }

    private static String unquoteTwice(String quoted) {
        return ContentTypeParameters.unquote(ContentTypeParameters.unquote('"' + quoted + '"'));
    }

    /** As {@code email.utils.decode_rfc2231} and {@code collapse_rfc2231_value}: charset, language and text. */
    private static Boundary decode(String quoted) {
        int first = quoted.indexOf('\'');
        int second = first < 0 ? -1 : quoted.indexOf('\'', first + 1);
        String charset = second < 0 ? "us-ascii" : quoted.substring(0, first);
        String text = ContentTypeParameters.unquote('"' + quoted.substring(second + 1) + '"');
        if (charset.isEmpty()) {
            // No codec of Python's has this name, and then it takes the text undecoded.
            return Boundary.Delimiter.of(ContentTypeParameters.unquote(text));
        }
        Optional<Charset> decoder = HeaderCharset.named(charset).map(HeaderCharset::decoder);
        return decoder.isEmpty()
                ? new Boundary.Unknown()
                : Boundary.Delimiter.of(new String(rawOctets(text), decoder.get()));
    }

    /** As {@code str.encode('raw-unicode-escape')}; of the characters above 255 only U+FFFD comes here. */
    private static byte[] rawOctets(String text) {
        return text.replace(String.valueOf(PythonText.REPLACEMENT), "\\ufffd").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As {@code urllib.parse.unquote(text, 'latin-1')}: what is no two hexadecimal digits stays. */
    private static String percentDecode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int octet = c == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            decoded.append(octet < 0 ? c : (char) octet);
            i += octet < 0 ? 1 : 3;
        }
        return decoded.toString();
    }

    /** The octet of two hexadecimal digits, or -1. */
    static int hex(char high, char low) {
        int upper = digit(high);
        int lower = digit(low);
        return upper < 0 || lower < 0 ? -1 : upper * 16 + lower;
    }

    /** Only ASCII digits; {@link Character#digit(char, int)} knows many more. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
