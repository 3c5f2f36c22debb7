// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

/** Levenshtein's distance: how many letters must be changed, added or taken away to make one word of another. */
final class EditDistance {
    private static final int MAX_LENGTH = 100;

    private EditDistance() {}

    /** The distance; a word is looked at no further than its hundredth letter. */
    static int between(String a, String b) {
        int width = Math.min(b.length(), MAX_LENGTH);
        int[] previous = new int[width + 1];
        for (int j = 0; j <= width; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= Math.min(a.length(), MAX_LENGTH); i++) {
            int[] row = new int[width + 1];
            row[0] = i;
            for (int j = 1; j <= width; j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[width];
    }
}
