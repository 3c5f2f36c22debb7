// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of the part at hand, up to the message's end or a line that belongs to a part around it. A line may be
 * given back, to be read again by whoever comes next ({@code BufferedSubFile} of {@code email.feedparser}).
 */
final class PartLines {
    private static final byte[] DASHES = "--".getBytes(StandardCharsets.US_ASCII);
    private static final String NO_DASHES = "";

    private final LineReader lines;
    private final EndMarks endMarks = new EndMarks();
    private boolean givenBack;
    private boolean ended;
    private boolean dashed;
    private String afterDashes = NO_DASHES;

    PartLines(LineReader lines) {
        this.lines = lines;
    }

    EndMarks endMarks() {
        return endMarks;
    }

    /** Goes to the next line; false when there is none in this part. */
    boolean next() throws IOException {
        if (!givenBack) {
            load();
        }
        boolean here = !ended && !isEndMark();
        givenBack = !here;
        return here;
    }

    private void load() throws IOException {
        ended = ended || !lines.next();
        dashed = !ended && lines.startsWith(DASHES);
        afterDashes = dashed ? lines.trimmedContent(DASHES.length) : NO_DASHES;
    }

    private boolean isEndMark() {
        return dashed ? endMarks.includeBoundary(afterDashes) : lines.isEmpty() && endMarks.includeBlankLines();
    }

    /** Gives the line at hand back. */
    void giveBack() {
        givenBack = true;
    }

    /** The line at hand. */
    LineReader line() {
        return lines;
    }

    /** How the line at hand relates to a boundary. */
    Boundary.Delimiter.Match match(Boundary.Delimiter boundary) {
        return dashed ? boundary.match(afterDashes) : Boundary.Delimiter.Match.NONE;
    }
}
