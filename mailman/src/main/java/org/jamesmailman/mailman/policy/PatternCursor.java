// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** Goes through the characters (code points) of a pattern. */
final class PatternCursor {
    static final int END = -1;

    private final int[] characters;
    private int position;

    PatternCursor(String pattern) {
        characters = pattern.codePoints().toArray();
    }

    int peek() {
        return peekAt(0);
    }

    int peekAt(int offset) {
        return position + offset < characters.length ? characters[position + offset] : END;
    }

    boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (peekAt(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The character at hand, which is left behind; at the end, {@link #END}. */
    int next() {
        int next = peek();
        position++;
        return next;
    }

    void skip(int count) {
        position += count;
    }

    /** Skips the character at hand if it is this one. */
    boolean skipIf(char c) {
        boolean is = peek() == c;
        position += is ? 1 : 0;
        return is;
    }

    /** The decimal digits from here on, which are left behind. */
    String digits() {
        StringBuilder digits = new StringBuilder();
        while (peek() >= '0' && peek() <= '9') {
            digits.append((char) next());
        }
        return digits.toString();
    }

    int position() {
        return position;
    }

    void goTo(int earlier) {
        position = earlier;
    }
}
