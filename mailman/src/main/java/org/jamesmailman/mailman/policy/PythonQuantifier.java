// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/**
 * How often an atom of a pattern is repeated: {@code *}, {@code +}, {@code ?} or bounds in braces. Braces that hold no
 * bounds are literals. Source: {@code _parse} of Python's {@code Lib/re/_parser.py}.
 *
 * @param re2 the translation
 * @param copies how often the atom stands in RE2's program
 */
record PythonQuantifier(String re2, int copies) {
    /** RE2 refuses more repetitions; Python does not. */
    private static final int MAX_REPETITIONS = 1_000;

    /** Python raises an error of another kind on more than it can count; we stop well before. */
    private static final int MAX_DIGITS = 9;

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Whether one is at hand. */
    static boolean isAt(PatternCursor cursor) {
        int next = cursor.peek();
        if (next != '{') {
            return next == '*' || next == '+' || next == '?';
        }
        int start = cursor.position();
        cursor.skip(1);
        // Not empty, but both bounds may be missing.
        boolean is = cursor.peek() != '}';
        cursor.digits();
        if (cursor.skipIf(',')) {
            cursor.digits();
        }
        is &= cursor.peek() == '}';
        cursor.goTo(start);
        return is;
    }

    /** Reads the one at hand, which is left behind. */
    static PythonQuantifier read(PatternCursor cursor) throws PythonPatternException {
        int next = cursor.next();
        if (next != '{') {
            return new PythonQuantifier(Character.toString(next), 1);
        }
        String leastDigits = cursor.digits();
        String mostDigits = cursor.skipIf(',') ? cursor.digits() : leastDigits;
        cursor.skip(1);
        int least = count(leastDigits, 0);
        int most = count(mostDigits, UNBOUNDED);
        if (most < least) {
            throw PythonPatternException.malformed("bounds the wrong way round");
        }
        boolean bounded = most != UNBOUNDED;
        if (least > MAX_REPETITIONS || (bounded && most > MAX_REPETITIONS)) {
            throw PythonPatternException.foreign("a great many repetitions");
        }
        return new PythonQuantifier(
                "{" + least + "," + (bounded ? most : "") + "}", Math.max(1, bounded ? most : least));
    }

    private static int count(String digits, int absent) throws PythonPatternException {
        if (digits.length() > MAX_DIGITS) {
            throw PythonPatternException.foreign("a great many repetitions");
        }
        return digits.isEmpty() ? absent : Integer.parseInt(digits);
    }
}
