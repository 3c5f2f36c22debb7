// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/**
 * What stands behind a backslash in a Python pattern. Source: {@code _escape} and {@code _class_escape} of Python's
 * {@code Lib/re/_parser.py}.
 *
 * @param character the character that it means; none when {@code category} is set
 * @param category one of {@code d D w W s S}, or outside of sets {@code A Z b B}; else {@link #NONE}
 */
record PythonEscape(int character, char category) {
    static final char NONE = 0;

    private static final String CATEGORIES = "dDwWsS";
    private static final String POSITIONS = "AZbB";
    private static final String CONTROL_LETTERS = "abfnrtv";
    private static final String CONTROLS = "\u0007\b\f\n\r\t\u000B";

    /** Reads what stands behind a backslash, which has been read. */
    static PythonEscape read(PatternCursor cursor, boolean inSet) throws PythonPatternException {
        int escaped = cursor.next();
        if (escaped == PatternCursor.END) {
            throw PythonPatternException.malformed("a backslash at the end");
        }
        if (escaped >= 0x80) {
            return literal(escaped);
        }
        char c = (char) escaped;
        if (CATEGORIES.indexOf(c) >= 0 || (!inSet && POSITIONS.indexOf(c) >= 0)) {
            return new PythonEscape(PatternCursor.END, c);
        }
        if (CONTROL_LETTERS.indexOf(c) >= 0) {
            return literal(CONTROLS.charAt(CONTROL_LETTERS.indexOf(c)));
        }
        if (isDigit(c)) {
            return octal(c, cursor, inSet);
        }
        return switch (c) {
            case 'x' -> hexadecimal(cursor, 2);
            case 'u' -> hexadecimal(cursor, 4);
            case 'U' -> hexadecimal(cursor, 8);
            case 'N' -> throw PythonPatternException.foreign("a character by its name");
            default -> {
                if (isLetter(c)) {
                    throw PythonPatternException.malformed("a bad escape");
                }
                yield literal(c);
            }
        };
    }

    boolean isCategory() {
        return category != NONE;
    }

    private static PythonEscape literal(int character) {
        return new PythonEscape(character, NONE);
    }

    /** {@code \0}, up to two more octal digits; {@code \101}; in a set any up to three. The rest refers to groups. */
    private static PythonEscape octal(char first, PatternCursor cursor, boolean inSet) throws PythonPatternException {
        StringBuilder digits = new StringBuilder().append(first);
        boolean three = isOctal(first) && isOctal(cursor.peek()) && isOctal(cursor.peekAt(1));
        if (first != '0' && !inSet && !three) {
            throw PythonPatternException.foreign("a back reference");
        }
        if (!isOctal(first)) {
            throw PythonPatternException.malformed("a bad escape");
        }
        while (digits.length() < 3 && isOctal(cursor.peek())) {
            digits.append((char) cursor.next());
        }
        int character = Integer.parseInt(digits.toString(), 8);
        if (character > 0xFF) {
            throw PythonPatternException.malformed("an octal escape out of range");
        }
        return literal(character);
    }

    private static PythonEscape hexadecimal(PatternCursor cursor, int length) throws PythonPatternException {
        StringBuilder digits = new StringBuilder();
        while (digits.length() < length && isHexadecimal(cursor.peek())) {
            digits.append((char) cursor.next());
        }
        if (digits.length() < length) {
            throw PythonPatternException.malformed("an incomplete escape");
        }
        long character = Long.parseLong(digits.toString(), 16);
        if (character > Character.MAX_CODE_POINT || (character >= 0xD800 && character < 0xE000)) {
            throw PythonPatternException.foreign("no character");
        }
        return literal((int) character);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }

    private static boolean isHexadecimal(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
