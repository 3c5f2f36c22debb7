// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.HashMap;
import java.util.Map;

/**
 * The lines that end the part at hand because they belong to a part around it: the boundaries of the multiparts around
 * (RFC 2046 5.1.2), and blank lines within message/delivery-status.
 */
final class EndMarks {
    private final Map<String, Integer> boundaries = new HashMap<>();
    private int blankLines;

    void pushBoundary(Boundary.Delimiter boundary) {
        boundaries.merge(boundary.text(), 1, Integer::sum);
    }

    void popBoundary(Boundary.Delimiter boundary) {
        boundaries.computeIfPresent(boundary.text(), (text, count) -> count == 1 ? null : count - 1);
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

    boolean includeBlankLines() {
        return blankLines > 0;
    }

    /**
     * Whether a line is one of the boundaries.
     *
     * @param afterDashes what follows the first two dashes of the line, without blanks at its end
     */
    boolean includeBoundary(String afterDashes) {
        return boundaries.containsKey(afterDashes)
                || (afterDashes.endsWith("--")
                        && boundaries.containsKey(afterDashes.substring(0, afterDashes.length() - 2)));
    }
}
