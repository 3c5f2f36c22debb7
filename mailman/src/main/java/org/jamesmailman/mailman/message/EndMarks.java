// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.HashSet;
import java.util.Set;

/**
 * The lines that end the part at hand because they belong to a part around it: the boundaries of the multiparts around
 * (RFC 2046 5.1.2), and blank lines within message/delivery-status.
 */
final class EndMarks {
    // A boundary is here once: within its multipart, its lines belong to it and never begin another.
    private final Set<String> boundaries = new HashSet<>();
    private int blankLines;

    void pushBoundary(Boundary.Delimiter boundary) {
        boundaries.add(boundary.text());
    }

    void popBoundary(Boundary.Delimiter boundary) {
        boundaries.remove(boundary.text());
    }

    void pushBlankLine() {
        blankLines++;
    }

    void popBlankLine() {
        blankLines--;
    }

    /** Whether no line ends the part at hand but the message's last. */
    boolean isEmpty() {
        return blankLines == 0 && boundaries.isEmpty();
    }

    boolean includeBoundaries() {
        return !boundaries.isEmpty();
    }

    boolean includeBlankLines() {
        return blankLines > 0;
    }

    /**
     * Whether a line is one of the boundaries.
     *
     * @param afterDashes what follows the first two dashes of the line, without blanks at its end
     */
    boolean includeBoundary(String afterDashes) {
        return boundaries.contains(afterDashes)
                || (afterDashes.endsWith("--")
                        && boundaries.contains(afterDashes.substring(0, afterDashes.length() - 2)));
    }
}
