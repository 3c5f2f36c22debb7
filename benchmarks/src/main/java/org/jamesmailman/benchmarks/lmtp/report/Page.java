// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the documentation, part of which a program writes.
 *
 * @param file in Markdown
 */
public record Page(Path file) {
    private static final String BEGIN = "<!-- written by benchmarks/lmtp.sh --write: begin -->\n";
    private static final String END = "<!-- written by benchmarks/lmtp.sh --write: end -->\n";

    /**
     * Replaces what stands between the two marks.
     *
     * @throws IOException when the page has no such marks, or cannot be read or written
     */
    public void write(String text) throws IOException {
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " has no place for the results: it must have the lines " + BEGIN.strip()
                    + " and " + END.strip());
        }
        Files.writeString(file, page.substring(0, begin) + BEGIN + text + page.substring(end));
    }
}
