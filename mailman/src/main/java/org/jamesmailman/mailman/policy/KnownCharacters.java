// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/**
 * The characters of which it is certain that Python and RE2 agree: on what is a letter, a digit and a space, and on
 * what is the same when the case is ignored. A test compares them all.
 *
 * <p>They are those of common scripts that all versions of Unicode since long have alike. Left out are those whose case
 * is odd (the dotless i and the long s among them: to Python they are an i and an s), so that a text of known
 * characters does not touch upon what the two do with them.
 */
final class KnownCharacters {
    /** First and last of each range, in order. */
    private static final int[] RANGES = {
        0x00,
        0x7F, // ASCII
        0x80,
        0xB4,
        0xB6,
        0xFF, // Latin-1, but the micro sign
        0x100,
        0x12F,
        0x132,
        0x148,
        0x14A,
        0x17E, // Latin Extended-A, but dotted I, dotless i, n with apostrophe, long s
        0x391,
        0x3A1,
        0x3A3,
        0x3A9,
        0x3B1,
        0x3C1,
        0x3C3,
        0x3C9, // Greek, but the final sigma
        0x400,
        0x45F,
        0x490,
        0x491, // Cyrillic
        0x5D0,
        0x5EA, // Hebrew
        0x621,
        0x63A,
        0x641,
        0x64A, // Arabic
        0x2000,
        0x2027,
        0x202A,
        0x205E, // punctuation
        0x20A0,
        0x20B5,
        0x2122,
        0x2122, // currencies, trade mark
        0x2190,
        0x21FF,
        0x2500,
        0x26FF, // arrows, boxes, shapes, symbols
        0x2701,
        0x2704,
        0x2706,
        0x2709,
        0x270C,
        0x2727, // dingbats
        0x3000,
        0x3003,
        0x3008,
        0x3011,
        0x3041,
        0x3096,
        0x30A1,
        0x30FA,
        0x30FC,
        0x30FE, // Japanese
        0x4E00,
        0x9FA5, // Chinese
        0xAC00,
        0xD7A3, // Korean
        0xFF01,
        0xFF5E, // full-width ASCII
        0xFFFD,
        0xFFFD, // what Python puts for 8-bit
        0x1F300,
        0x1F320,
        0x1F330,
        0x1F335,
        0x1F400,
        0x1F43E,
        0x1F601,
        0x1F610,
        0x1F612,
        0x1F614 // pictures
    };

    private KnownCharacters() {}

    static boolean contain(int character) {
        if (character < 0x80) {
            return true;
        }
        for (int i = 0; i < RANGES.length && RANGES[i] <= character; i += 2) {
            if (character <= RANGES[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text holds nothing else. */
    static boolean makeUp(String text) {
        return text.codePoints().allMatch(KnownCharacters::contain);
    }

    /** Whether a character that is not ASCII counts as a part of a word, as Python's {@code str.isalnum} has it. */
    static boolean isWordBeyondAscii(int character) {
        int type = Character.getType(character);
        return character > 0x7F
                && (Character.isLetterOrDigit(character)
                        || type == Character.LETTER_NUMBER
                        || type == Character.OTHER_NUMBER);
    }

    static void require(int character) throws PythonPatternException {
        if (!contain(character)) {
            throw PythonPatternException.foreign("a character that we do not know");
        }
    }

    /** Lets a range pass whose ends are known, and in which nothing lies whose case is odd. */
    static void requireRange(int from, int to) throws PythonPatternException {
        require(from);
        require(to);
        // Behind U+2000: up to the Kelvin sign, which is a k, or from behind the Angstrom sign.
        boolean plain =
                to < 0x100 || (from >= 0x391 && to <= 0x45F) || (from >= 0x2000 && to < 0x2126) || from > 0x212B;

        if (!plain) {
            throw PythonPatternException.foreign("a range that we do not know");
        }
    }
}
