// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** A Python regular expression that is not translated, for one of two reasons. */
final class PythonPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean malformed;

    private PythonPatternException(String message, boolean malformed) {
        super(message, null, false, false);
        this.malformed = malformed;
    }

    /** Python 3.11 is certain to raise {@code re.error}. */
    static PythonPatternException malformed(String why) {
        return new PythonPatternException(why, true);
    }

    /** Python may understand it, in a way of its own, or raise something. */
    static PythonPatternException foreign(String what) {
        return new PythonPatternException(what, false);
    }

    boolean isMalformed() {
        return malformed;
    }
}
