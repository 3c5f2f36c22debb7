// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * Translates a Python regular expression to RE2, when both are certain to agree on every ASCII text of one line.
 *
 * <p>It knows literals, {@code .}, sets, alternatives, groups, {@code ^} and {@code $}, {@code \d \w \s} and their
 * opposites, escaped punctuation, and quantifiers; it refuses all else, as that is malformed in Python, of another
 * meaning, or of none in RE2 (back references, look-around, flags, possessive quantifiers, POSIX classes, {@code \b} in
 * a set). Source: Python's {@code Lib/re/_parser.py}. Used for one pattern.
 */
final class PythonPatternTranslator {
    private static final int MAX_LENGTH = 1_000;

    /** RE2 refuses more repetitions; Python does not. */
    private static final int MAX_REPETITIONS = 1_000;

    /** How many atoms a pattern may have when its counted repetitions are written out: RE2's program is so long. */
    private static final int MAX_SIZE = 2_000;

    private static final int MAX_DEPTH = 50;
    private static final int END = -1;

    private final String pattern;
    private final StringBuilder translated = new StringBuilder();
    private int position;
    private long size;

    private PythonPatternTranslator(String pattern) {
        this.pattern = pattern;
    }

    /** The compiled translation; empty when there is none. */
    static Optional<Pattern> compile(String pattern, int flags) {
        if (pattern.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        PythonPatternTranslator translator = new PythonPatternTranslator(pattern);
        if (!translator.alternatives(0) || translator.peek() != END) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(translator.translated.toString(), flags));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean alternatives(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        while (true) {
            int next = peek();
            if (next == END || next == ')') {
                return true;
            }
            if (next == '|') {
                copy();
            } else if (!quantified(depth)) {
                return false;
            }
        }
    }

    private boolean quantified(int depth) {
        boolean repeatable = peek() != '^' && peek() != '$';
        long before = size++;
        if (!atom(depth)) {
            return false;
        }
        int start = position;
        if (!quantifier(size - before) || size > MAX_SIZE) {
            return false;
        }
        boolean isQuantified = position > start;
        if (isQuantified && !repeatable) {
            return false;
        }
        // A second quantifier is malformed, "lazy" aside, or possessive since Python 3.11.
        return !isQuantified || !isQuantifierStart(peek());
    }

    private boolean atom(int depth) {
        int next = peek();
        return switch (next) {
            case '(' -> group(depth);
            case '[' -> set();
            case '\\' -> escape(false);
            case '$' -> translate("(?:\\z)");
            case '^' -> translate("\\A");
            case '.' -> translate("[^\\n]");
            case '*', '+', '?', '{', '}', ']' -> false;
            default -> literal();
        };
    }

    private boolean group(int depth) {
        copy();
        if (peek() == '?') {
            if (!pattern.startsWith("?:", position)) {
                return false;
            }
            copy();
            copy();
        }
        if (!alternatives(depth + 1) || peek() != ')') {
            return false;
        }
        copy();
        return true;
    }

    private boolean set() {
        copy();
        if (peek() == '^') {
            copy();
        }
        boolean first = true;
        while (first || peek() != ']') {
            boolean isClass = isClass();
            if (!setMember()) {
                return false;
            }
            if (peek() == '-' && peekAt(1) != ']') {
                // A range from or to a class is malformed in Python; RE2 takes the dash for itself.
                if (isClass || isClass()) {
                    return false;
                }
                copy();
                if (!setMember()) {
                    return false;
                }
            }
            first = false;
        }
        copy();
        return true;
    }

    private boolean setMember() {
        int next = peek();
        // Inside a set "[" is literal in Python with a warning ("[:" starts a POSIX class in RE2), and so are && -- ||
        // ~~.
        if (next == '[' || next == ']' || next == '&' || next == '~' || next == '|' || next == END) {
            return false;
        }
        if (next == '\\') {
            return escape(true);
        }
        if (next == '-') {
            return translate("\\-");
        }
        return next == '^' ? translate("\\^") : isPrintable(next) && copy();
    }

    /** Whether a class such as {@code \d} comes next. */
    private boolean isClass() {
        return peek() == '\\' && peekAt(1) != END && "dDwWsS".indexOf(peekAt(1)) >= 0;
    }

    private boolean escape(boolean inSet) {
        int escaped = peekAt(1);
        boolean isClass = isClass();
        boolean isPunctuation = escaped != END && isPrintable(escaped) && !Character.isLetterOrDigit(escaped);
        if (isClass && !inSet && (escaped == 's' || escaped == 'S')) {
            position += 2;
            // Python's \s has the vertical tab and the separators 0x1c to 0x1f, RE2's has not.
            translated.append(escaped == 's' ? "[\\t-\\r\\x1c-\\x20]" : "[^\\t-\\r\\x1c-\\x20]");
            return true;
        }
        if (isPunctuation || (isClass && escaped != 's' && escaped != 'S')) {
            copy();
            copy();
            return true;
        }
        return false;
    }

    /** @param atomSize of what is repeated */
    private boolean quantifier(long atomSize) {
        int next = peek();
        if (next == '*' || next == '+' || next == '?') {
            copy();
        } else if (next == '{') {
            if (!counted(atomSize)) {
                return false;
            }
        } else {
            return true;
        }
        if (peek() == '?') {
            copy();
        }
        return true;
    }

    /** {@code {n}}, {@code {n,}}, {@code {n,m}}; Python reads {@code {,m}} from nought, and other braces literally. */
    private boolean counted(long atomSize) {
        int close = pattern.indexOf('}', position);
        if (close < 0) {
            return false;
        }
        String[] bounds = pattern.substring(position + 1, close).split(",", -1);
        if (bounds.length > 2 || !isCount(bounds[0])) {
            return false;
        }
        boolean hasMaximum = bounds.length == 2 && !bounds[1].isEmpty();
        if (hasMaximum && (!isCount(bounds[1]) || Integer.parseInt(bounds[1]) < Integer.parseInt(bounds[0]))) {
            return false;
        }
        int copies = Integer.parseInt(bounds[hasMaximum ? 1 : 0]);
        size += atomSize * Math.max(0, copies - 1);
        translated.append(pattern, position, close + 1);
        position = close + 1;
        return true;
    }

    private static boolean isCount(String digits) {
        return !digits.isEmpty()
                && digits.length() <= 4
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) <= MAX_REPETITIONS;
    }

    private boolean literal() {
        return isPrintable(peek()) && copy();
    }

    private static boolean isPrintable(int c) {
        return c >= ' ' && c <= '~';
    }

    private static boolean isQuantifierStart(int c) {
        return c == '*' || c == '+' || c == '?' || c == '{';
    }

    private boolean translate(String replacement) {
        translated.append(replacement);
        position++;
        return true;
    }

    private boolean copy() {
        translated.append(pattern.charAt(position));
        position++;
        return true;
    }

    private int peek() {
        return peekAt(0);
    }

    private int peekAt(int offset) {
        return position + offset < pattern.length() ? pattern.charAt(position + offset) : END;
    }
}
