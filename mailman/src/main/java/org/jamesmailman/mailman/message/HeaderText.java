// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A header put together from runs in several charsets, with the blanks that {@code email.header.Header} puts between
 * them.
 */
final class HeaderText {
    private record Chunk(StringBuilder text, HeaderCharset charset) {}

    private final List<Chunk> chunks = new ArrayList<>();

    /** Appends a run; false when Python raises on it, or its charset is not one that we decode as Python does. */
    boolean append(byte[] octets, String charsetLabel) {
        Optional<HeaderCharset> charset = HeaderCharset.named(charsetLabel);
        Optional<String> text = charset.flatMap(known -> known.decode(octets));
        text.ifPresent(decoded -> append(decoded, charset.get()));
        return text.isPresent();
    }

    private void append(String text, HeaderCharset charset) {
        Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        // Two labels of one charset: Header._normalize joins with a blank.
        if (last != null && last.charset.name().equals(charset.name())) {
            last.text.append(' ').append(text);
        } else {
            chunks.add(new Chunk(new StringBuilder(text), charset));
        }
    }

    /** As {@code Header.__str__}. */
    String text() {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < chunks.size(); i++) {
            if (i > 0 && needsBlank(chunks.get(i - 1), chunks.get(i))) {
                joined.append(' ');
            }
            joined.append(chunks.get(i).text);
        }
        return joined.toString();
    }

    private static boolean needsBlank(Chunk before, Chunk after) {
        if (before.charset.isUsAscii()) {
            return !after.charset.isUsAscii() && !isApart(before.text, before.text.length() - 1);
        }
        return after.charset.isUsAscii() && !isApart(after.text, 0);
    }

    /** Whether a character stands apart from a word by itself ({@code _nonctext} of {@code email.header.Header}). */
    private static boolean isApart(CharSequence text, int index) {
        if (text.isEmpty()) {
            return false;
        }
        char c = text.charAt(index);
        return PythonText.isSpace(c) || c == '(' || c == ')' || c == '\\';
    }
}
