// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Map;

/**
 * Pieces of RE2's language that mean what pieces of Python's mean, on texts of ASCII or of {@link KnownCharacters}.
 * Immutable.
 *
 * <p>Beyond ASCII, no long range of characters is used: RE2/J folds the case of each character in it.
 */
final class Re2Text {
    static final Re2Text ASCII = new Re2Text(
            "0-9",
            "\\x{0}-\\x{2f}\\x{3a}-\\x{7f}",
            "0-9A-Za-z_",
            "\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{7f}",
            "\\x{9}-\\x{d}\\x{1c}-\\x{20}",
            "\\x{0}-\\x{8}\\x{e}-\\x{1b}\\x{21}-\\x{7f}",
            1);

    /** Python asks {@code str.isdecimal}, {@code str.isalnum} and {@code str.isspace}. */
    static final Re2Text KNOWN = new Re2Text(
            "\\p{Nd}",
            "\\P{Nd}",
            "\\pL\\pN_",
            // No marks: one of them (U+0345) is a letter to whoever ignores the case.
            "\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\pS\\pZ\\pC\\x{203f}\\x{2040}\\x{2054}\\x{ff3f}",
            "\\x{9}-\\x{d}\\x{1c}-\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}",
            "\\pL\\pN\\pP\\pS\\x{0}-\\x{8}\\x{e}-\\x{1b}\\x{7f}-\\x{84}\\x{86}-\\x{9f}\\x{ad}\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}",
            20);

    private final Map<Character, String> members;
    private final int categorySize;

    private Re2Text(String d, String noD, String w, String noW, String s, String noS, int categorySize) {
        this.members = Map.of('d', d, 'D', noD, 'w', w, 'W', noW, 's', s, 'S', noS);
        this.categorySize = categorySize;
    }

    /** What stands in a set for a category, one of {@code d D w W s S}. */
    String members(char category) {
        return members.get(category);
    }

    /** How many ordinary atoms a category is as large as. */
    int categorySize() {
        return categorySize;
    }

    /** One character that means itself, in a set and outside. */
    static String literal(int character) {
        boolean plain = character < 0x80 && Character.isLetterOrDigit(character);
        return plain ? Character.toString(character) : "\\x{" + Integer.toHexString(character) + "}";
    }
}
