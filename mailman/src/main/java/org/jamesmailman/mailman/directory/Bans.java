// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.List;
import java.util.Set;

/**
 * Who may not post to a list, or to the whole site.
 *
 * @param literals addresses, as stored (an upper-case one never matches, as in Mailman)
 * @param patterns Python regular expressions, each starting with {@code ^}, in the database's order
 */
public record Bans(Set<String> literals, List<String> patterns) {
    /** Nobody is banned. */
    public static final Bans NONE = new Bans(Set.of(), List.of());

    public Bans {
        literals = Set.copyOf(literals);
        patterns = List.copyOf(patterns);
    }

    public boolean isEmpty() {
        return literals.isEmpty() && patterns.isEmpty();
    }
}
