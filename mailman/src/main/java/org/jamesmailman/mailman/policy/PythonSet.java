// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** Translates a set in brackets. Source: {@code _parse} of Python's {@code Lib/re/_parser.py}. Used for one set. */
final class PythonSet {
    /** RE2/J folds the case of each character in a range; so many of them take as long as an ordinary atom. */
    private static final int RANGE_PER_ATOM = 256;

    private final PatternCursor cursor;
    private final Re2Text re2;
    private final StringBuilder translated = new StringBuilder("[");
    private int size;

    /** @param cursor behind the opening bracket */
    PythonSet(PatternCursor cursor, Re2Text re2) {
        this.cursor = cursor;
        this.re2 = re2;
    }

    /** How many ordinary atoms the set is as large as, not counting itself. */
    int size() {
        return size;
    }

    /** Translates the set, which is left behind. */
    String translate() throws PythonPatternException {
        if (cursor.skipIf('^')) {
            translated.append('^');
        }
        boolean first = true;
        while (first || cursor.peek() != ']') {
            first = false;
            PythonEscape from = member();
            if (cursor.peek() != '-' || cursor.peekAt(1) == ']') {
                append(from);
            } else {
                cursor.skip(1);
                range(from, member());
            }
        }
        cursor.skip(1);
        return translated.append(']').toString();
    }

    private PythonEscape member() throws PythonPatternException {
        int next = cursor.next();
        if (next == PatternCursor.END) {
            throw PythonPatternException.malformed("a set without an end");
        }
        return next == '\\' ? PythonEscape.read(cursor, true) : new PythonEscape(next, PythonEscape.NONE);
    }

    private void range(PythonEscape from, PythonEscape to) throws PythonPatternException {
        if (from.isCategory() || to.isCategory() || from.character() > to.character()) {
            throw PythonPatternException.malformed("a bad range of characters");
        }
        KnownCharacters.requireRange(from.character(), to.character());
        size += (to.character() - from.character()) / RANGE_PER_ATOM;
        translated.append(Re2Text.literal(from.character())).append('-').append(Re2Text.literal(to.character()));
    }

    private void append(PythonEscape member) throws PythonPatternException {
        if (member.isCategory()) {
            translated.append(re2.members(member.category()));
            size += re2.categorySize();
        } else {
            KnownCharacters.require(member.character());
            translated.append(Re2Text.literal(member.character()));
        }
    }
}
