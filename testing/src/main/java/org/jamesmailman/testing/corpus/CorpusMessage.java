// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import java.nio.charset.StandardCharsets;

/**
 * A message to try.
 *
 * @param name says what is special about it; unique in the corpus
 * @param text a character for each octet (ISO-8859-1), lines ended by CRLF, the last one too, dots not doubled
 * @param needsMessageId whether it has no Message-ID, so that the program that takes it makes one
 */
public record CorpusMessage(String name, String text, boolean needsMessageId) {
    private static final int LONGEST_SHOWN = 400;

    /** A message that has a Message-ID of its own. */
    static CorpusMessage mail(String name, String text) {
        return new CorpusMessage(name, text, false);
    }

    /** A message without a Message-ID. */
    static CorpusMessage mailWithoutId(String name, String text) {
        return new CorpusMessage(name, text, true);
    }

    /** The octets. */
    public byte[] octets() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The name and the message's start, control characters made visible. */
    @Override
    public String toString() {
        String start = text.substring(0, Math.min(text.length(), LONGEST_SHOWN));
        return name + ": " + start.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }
}
