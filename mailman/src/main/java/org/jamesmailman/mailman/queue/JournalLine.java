// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line of a {@link Journal}: a word, what it is about, and a checksum, by which a line that was written in part is
 * known.
 *
 * @param word what is said
 * @param subject of what: an entry's name, for one
 */
record JournalLine(Word word, String subject) {
    enum Word {
        /** Begins each file: the journal is of this start of the machine, for files in this directory. */
        OF,
        /** The entry is about to be renamed into the queue. */
        PREPARED,
        /** It was, and its client is told so. */
        COMMITTED,
        /** It was not, or is to be taken out again, and its client is told to send it again. */
        WITHDRAWN
    }

    /** The line with its end. */
    String text() {
        return word + " " + subject + ' ' + checksum(word, subject) + '\n';
    }

    /** Reads a line; empty when it was not written whole. */
    static Optional<JournalLine> parse(String line) {
        String[] parts = line.split(" ", 3);
        for (Word word : Word.values()) {
            if (parts.length == 3 && parts[0].equals(word.name()) && parts[2].equals(checksum(word, parts[1]))) {
                return Optional.of(new JournalLine(word, parts[1]));
            }
        }
        return Optional.empty();
    }

    private static String checksum(Word word, String subject) {
        CRC32 sum = new CRC32();
        sum.update((word + " " + subject).getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
