// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/** What Python's {@code Message.get_boundary} answers. */
sealed interface Boundary {
    /** There is no boundary parameter. */
    record Absent() implements Boundary {}

    /** Python raises an exception. */
    record Unparsable() implements Boundary {}

    /** Only a charset decoder of Python's would tell. */
    record Unknown() implements Boundary {}

    /**
     * The boundary.
     *
     * @param text without blanks at its end; may be empty
     */
    record Delimiter(String text) implements Boundary {
        private static final Delimiter UNMATCHABLE = new Delimiter("\n");

        /**
         * A boundary of any text. Python's lines hold no characters but ASCII and escaped octets, so others never
         * match.
         */
        static Delimiter of(String text) {
            String stripped = PythonText.stripTrailing(text);
            return PythonText.isAscii(stripped) ? new Delimiter(stripped) : UNMATCHABLE;
        }

        /** How a line relates to a boundary (RFC 2046 5.1.1). */
        enum Match {
            NONE,
            SEPARATOR,
            CLOSE
        }

        /**
         * How a line relates to this boundary.
         *
         * @param afterDashes what follows the first two dashes of the line, without blanks at its end
         */
        Match match(String afterDashes) {
            if (afterDashes.equals(text)) {
                return Match.SEPARATOR;
            }
            return afterDashes.length() == text.length() + 2
                            && afterDashes.startsWith(text)
                            && afterDashes.endsWith("--")
                    ? Match.CLOSE
                    : Match.NONE;
        }
    }
}
