// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

/**
 * How a database compares and sorts text where Mailman leaves that to it, as far as the fate of a post depends on it.
 *
 * @param exact whether texts are equal only if all their letters are; if not, nobody but Mailman can tell what its
 *     queries find
 * @param blankPadded whether blanks at the end of a text do not count
 * @param idOrder whether rows that nobody sorts come in the order of their ids
 */
record Comparisons(boolean exact, boolean blankPadded, boolean idOrder) {
    /** Octet by octet. */
    static final Comparisons PLAIN = new Comparisons(true, false, true);
}
