// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.List;

/** What Python's {@code str} methods mean where Java's differ. */
public final class PythonText {
    /** What Python's decoder puts for octets above 127 ({@code email.header.Header}, charset {@code unknown-8bit}). */
    static final char REPLACEMENT = '\uFFFD';

    private PythonText() {}

    /** As {@code str.isspace} of one character. */
    static boolean isSpace(char c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
        }
        return c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** As {@code not s.strip()}. */
    static boolean isBlank(CharSequence text) {
        return text.chars().allMatch(c -> isSpace((char) c));
    }

    /** As {@code str.strip}. */
    static String strip(String text) {
        return stripTrailing(stripLeading(text));
    }

    /** As {@code str.lstrip}. */
    public static String stripLeading(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    /** As {@code str.rstrip}. */
    static String stripTrailing(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    /** A header's octets as Python shows them: those above 127 become U+FFFD. */
    static String withoutEightBit(String latin1) {
        for (int i = 0; i < latin1.length(); i++) {
            if (latin1.charAt(i) > 0x7F) {
                return replaceEightBit(latin1);
            }
        }
        return latin1;
    }

    private static String replaceEightBit(String latin1) {
        StringBuilder replaced = new StringBuilder(latin1.length());
        for (int i = 0; i < latin1.length(); i++) {
            char c = latin1.charAt(i);
            replaced.append(c > 0x7F ? REPLACEMENT : c);
        }
        return replaced.toString();
    }

    /** Whether all characters are ASCII. */
    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The lines of an ASCII text, without their ends, as {@code str.splitlines} cuts them: at more than CR and LF. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isLineEnd(text.charAt(i))) {
                lines.add(text.substring(from, i));
                boolean crlf = text.startsWith("\r\n", i);
                i += crlf ? 1 : 0;
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1E);
    }
}
