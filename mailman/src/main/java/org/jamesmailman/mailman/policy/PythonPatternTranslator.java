// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Translates a Python regular expression to RE2, when both are certain to agree on every text that
 * {@link PythonPattern} lets pass.
 *
 * <p>It knows literals and escapes, {@code .}, sets, alternatives, groups with and without a name, positions,
 * categories, quantifiers, the flags {@code i m s} at the start and {@code i} for a group. Of all else it says whether
 * Python 3.11 is certain to find it malformed, reading from left to right as {@code _parse} of Python's
 * {@code Lib/re/_parser.py} does; what it cannot tell (back references, look-around, possessive quantifiers, flags
 * elsewhere) is foreign. Used for one pattern.
 */
final class PythonPatternTranslator {
    private static final int MAX_LENGTH = 1_000;

    /** How many atoms a pattern may have when its counted repetitions are written out: RE2's program is so long. */
    private static final int MAX_SIZE = 2_000;

    private static final int MAX_DEPTH = 50;
    private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

    private final PatternCursor cursor;
    private final Re2Text re2;
    private final StringBuilder translated = new StringBuilder();
    private final Set<String> groupNames = new HashSet<>();
    private boolean ignoringCase;
    private boolean multiline;
    private boolean dotAll;
    private boolean asksForEnd;
    private boolean asksForWords;
    private boolean asksForNoBoundary;
    private long size;

    private PythonPatternTranslator(String pattern, boolean ignoringCase, Re2Text re2) {
        this.cursor = new PatternCursor(pattern);
        this.ignoringCase = ignoringCase;
        this.re2 = re2;
    }

    /**
     * A pattern in RE2's words.
     *
     * @param re2 the translation
     * @param ignoringCase whether RE2 is to ignore the case
     * @param size how many atoms it is as large as when it is written out
     * @param asksForEnd whether it has a {@code $} that in Python also matches before a line feed at the end
     * @param asksForWords whether it has a {@code \b} or {@code \B}
     * @param asksForNoBoundary whether it has a {@code \B}, which in Python does not match an empty text
     */
    record Translation(
            String re2,
            boolean ignoringCase,
            int size,
            boolean asksForEnd,
            boolean asksForWords,
            boolean asksForNoBoundary) {}

    /** Translates a pattern, for texts of certain characters. */
    static Translation translate(String pattern, boolean ignoringCase, Re2Text re2) throws PythonPatternException {
        if (pattern.length() > MAX_LENGTH) {
            throw PythonPatternException.foreign("a long pattern");
        }
        return new PythonPatternTranslator(pattern, ignoringCase, re2).translate();
    }

    private Translation translate() throws PythonPatternException {
        while (isFlagsOfAll()) {
            flagsOfAll();
        }
        alternatives(0);
        if (cursor.peek() != PatternCursor.END) {
            throw PythonPatternException.malformed("a parenthesis that was not opened");
        }
        return new Translation(
                translated.toString(), ignoringCase, (int) size, asksForEnd, asksForWords, asksForNoBoundary);
    }

    private static boolean isFlag(int c) {
        return c == 'i' || c == 'm' || c == 's';
    }

    /** Whether {@code (?i)} or its like is at hand. */
    private boolean isFlagsOfAll() {
        int behind = 2;
        while (isFlag(cursor.peekAt(behind))) {
            behind++;
        }
        return cursor.startsWith("(?") && behind > 2 && cursor.peekAt(behind) == ')';
    }

    private void flagsOfAll() {
        cursor.skip(2);
        for (int flag = cursor.next(); flag != ')'; flag = cursor.next()) {
            ignoringCase |= flag == 'i';
            multiline |= flag == 'm';
            dotAll |= flag == 's';
        }
    }

    private void alternatives(int depth) throws PythonPatternException {
        if (depth > MAX_DEPTH) {
            throw PythonPatternException.foreign("groups within groups within groups");
        }
        while (cursor.peek() != PatternCursor.END && cursor.peek() != ')') {
            if (cursor.skipIf('|')) {
                translated.append('|');
            } else {
                quantified(depth);
            }
        }
    }

    private void quantified(int depth) throws PythonPatternException {
        long before = size++;
        boolean repeatable = atom(depth);
        if (quantifier(size - before, repeatable)) {
            // With a "+" it is possessive since Python 3.11, and before that malformed.
            if (cursor.peek() == '+') {
                throw PythonPatternException.foreign("a possessive quantifier");
            }
            requireNoQuantifier();
        }
        if (size > MAX_SIZE) {
            throw PythonPatternException.foreign("a large pattern");
        }
    }

    /** Translates one atom; false when it is a position, which cannot be repeated. */
    private boolean atom(int depth) throws PythonPatternException {
        requireNoQuantifier();
        int next = cursor.next();
        switch (next) {
            case '(' -> group(depth);
            case '[' -> set();
            case '\\' -> {
                return escape();
            }
            case '.' -> translated.append(dotAll ? "(?s:.)" : "[^\\n]");
            case '^' -> {
                translated.append(multiline ? "(?m:^)" : "\\A");
                return false;
            }
            case '$' -> {
                translated.append(multiline ? "(?m:$)" : "(?:\\z)");
                asksForEnd |= !multiline;
                return false;
            }
            default -> {
                KnownCharacters.require(next);
                translated.append(Re2Text.literal(next));
            }
        }
        return true;
    }

    private boolean escape() throws PythonPatternException {
        PythonEscape escape = PythonEscape.read(cursor, false);
        if (!escape.isCategory()) {
            KnownCharacters.require(escape.character());
            translated.append(Re2Text.literal(escape.character()));
            return true;
        }
        switch (escape.category()) {
            case 'A' -> translated.append("\\A");
            case 'Z' -> translated.append("(?:\\z)");
            case 'b', 'B' -> {
                translated.append('\\').append(escape.category());
                asksForWords = true;
                asksForNoBoundary |= escape.category() == 'B';
            }
            default -> {
                translated.append('[').append(re2.members(escape.category())).append(']');
                size += re2.categorySize() - 1;
                return true;
            }
        }
        return false;
    }

    private void set() throws PythonPatternException {
        PythonSet set = new PythonSet(cursor, re2);
        translated.append(set.translate());
        size += set.size();
    }

    private void group(int depth) throws PythonPatternException {
        translated.append('(');
        if (cursor.skipIf('?')) {
            translated.append('?');
            extension();
        }
        alternatives(depth + 1);
        if (cursor.next() != ')') {
            throw PythonPatternException.malformed("a parenthesis that is not closed");
        }
        translated.append(')');
    }

    /** What follows {@code (?}. */
    private void extension() throws PythonPatternException {
        int kind = cursor.next();
        if (kind == ':') {
            translated.append(':');
        } else if (kind == 'i' && cursor.skipIf(':')) {
            translated.append("i:");
        } else if (kind == 'P' && cursor.skipIf('<')) {
            groupName();
            translated.append(':');
        } else if (kind == PatternCursor.END
                || (kind == 'P' && cursor.peek() != '=')
                || (kind == '<' && cursor.peek() != '=' && cursor.peek() != '!')
                || (kind < 0x80 && "PiLmsuxa-#=!<>(".indexOf(kind) < 0)) {
            throw PythonPatternException.malformed("an unknown extension");
        } else {
            throw PythonPatternException.foreign("an extension");
        }
    }

    private void groupName() throws PythonPatternException {
        StringBuilder name = new StringBuilder();
        int next = cursor.next();
        while (next != '>' && next != PatternCursor.END) {
            name.appendCodePoint(next);
            next = cursor.next();
        }
        if (next != '>' || !GROUP_NAME.matcher(name).matches() || !groupNames.add(name.toString())) {
            throw PythonPatternException.foreign("an odd name of a group");
        }
    }

    private void requireNoQuantifier() throws PythonPatternException {
        if (PythonQuantifier.isAt(cursor)) {
            // Python counts before it looks what there is to repeat.
            PythonQuantifier.read(cursor);
            throw PythonPatternException.malformed("nothing to repeat");
        }
    }

    /** Translates a quantifier if there is one. */
    private boolean quantifier(long atomSize, boolean repeatable) throws PythonPatternException {
        if (!PythonQuantifier.isAt(cursor)) {
            return false;
        }
        PythonQuantifier quantifier = PythonQuantifier.read(cursor);
        if (!repeatable) {
            throw PythonPatternException.malformed("nothing to repeat");
        }
        translated.append(quantifier.re2());
        size += atomSize * (quantifier.copies() - 1);
        if (cursor.skipIf('?')) {
            translated.append('?');
        }
        return true;
    }
}
