// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jamesmailman.mailman.message.TextPart;
import org.jamesmailman.mailman.message.TextPart.Beginning;

/**
 * Looks whether the first line of a text that is not blank is such as {@code Approved: password}. Source: {@code check}
 * in Mailman's {@code rules/approved.py}.
 */
enum ApprovedLine {
    PRESENT,
    ABSENT,
    CANNOT_TELL;

    private static final Pattern NAME = Pattern.compile("(?i)(?:x-)?approved?:");

    /** Charsets in which each octet below 128 is the ASCII character, wherever it stands. */
    private static final Pattern ASCII_THROUGHOUT = Pattern.compile(
            "us-ascii|ascii|utf-?8|iso-8859-(?:[1-9]|1[0134-6])|latin-?1|iso_?8859-1|(?:windows-|cp)125[0-8]|koi8-[ru]");

    /** Charsets in which an octet below 128 may be one half of something else, but only behind certain others. */
    private static final Pattern ASCII_AT_FIRST = Pattern.compile(
            "gb2312|gbk|gb18030|big5|big5-hkscs|euc-jp|euc-kr|shift_jis|iso-2022-jp|iso-2022-kr|cp932|cp949");

    private static final List<Character> LINE_ENDS = List.of('\n', '\u000B', '\f', '\r', '\u001C', '\u001D', '\u001E');

    static ApprovedLine in(TextPart text) {
        Optional<Boolean> ascii = text.charset().flatMap(ApprovedLine::isAsciiThroughout);
        List<Beginning> possible = text.beginnings();
        if (ascii.isEmpty() || possible.isEmpty()) {
            return CANNOT_TELL;
        }
        Set<ApprovedLine> found = EnumSet.noneOf(ApprovedLine.class);
        possible.forEach(beginning -> found.add(in(beginning, ascii.get())));
        return found.contains(PRESENT) ? PRESENT : found.contains(CANNOT_TELL) ? CANNOT_TELL : ABSENT;
    }

    /** Nothing for a charset that may be anything. */
    private static Optional<Boolean> isAsciiThroughout(String charset) {
        boolean throughout = ASCII_THROUGHOUT.matcher(charset).matches();
        return throughout || ASCII_AT_FIRST.matcher(charset).matches() ? Optional.of(throughout) : Optional.empty();
    }

    @SuppressWarnings("JdkObsolete") // hitEnd: whether more of the text might have made it match, not where it ended.
    private static ApprovedLine in(Beginning beginning, boolean asciiThroughout) {
        String octets = beginning.octets();
        int i = 0;
        // An octet from 128 on may be, or be a part of, one of Unicode's blanks.
        boolean onlyAscii = true;
        while (i < octets.length() && (isBlank(octets.charAt(i)) || octets.charAt(i) > 0x7F)) {
            onlyAscii &= octets.charAt(i) < 0x80;
            i++;
        }
        if (i == octets.length()) {
            return beginning.whole() ? ABSENT : CANNOT_TELL;
        }
        if (!asciiThroughout && !(onlyAscii && Character.isLetterOrDigit(octets.charAt(i)))) {
            return CANNOT_TELL;
        }
        boolean atStartOfLine = i == 0 || octets.charAt(i - 1) > 0x7F || LINE_ENDS.contains(octets.charAt(i - 1));
        if (!atStartOfLine) {
            return ABSENT;
        }
        Matcher name = NAME.matcher(octets).region(i, octets.length());
        if (name.lookingAt()) {
            return PRESENT;
        }
        return name.hitEnd() && !beginning.whole() ? CANNOT_TELL : ABSENT;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    }
}
