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

    private final LineReader lines;
    private final SiteInspection inspection;
    private final EndMarks endMarks = new EndMarks();
    private boolean givenBack;
    private boolean ended;
    private boolean dashed;
    private boolean dashesRead;
    private String afterDashes = "";

    PartLines(LineReader lines, SiteInspection inspection) {
        this.lines = lines;
        this.inspection = inspection;
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
        if (!ended) {
            inspection.line(lines);
        }
        dashed = !ended && lines.startsWith(DASHES);
        dashesRead = false;
    }

    private boolean isEndMark() {
        return dashed
                ? endMarks.includeBoundaries() && endMarks.includeBoundary(afterDashes())
                : lines.isEmpty() && endMarks.includeBlankLines();
    }

    /** What follows the dashes of the line at hand; read when somebody asks, for many lines begin so. */
    private String afterDashes() {
        if (!dashesRead) {
            afterDashes = lines.trimmedContent(DASHES.length);
            dashesRead = true;
        }
        return afterDashes;
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
        return dashed ? boundary.match(afterDashes()) : Boundary.Delimiter.Match.NONE;
    }
}
