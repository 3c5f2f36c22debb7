// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who may not post to a list, or to the whole site.
 *
 * @param literals addresses, as stored (an upper-case one never matches, as in Mailman)
 * @param patterns Python regular expressions, each starting with {@code ^}, in the order in which Mailman tries them
 */
public record Bans(Set<String> literals, List<String> patterns) {
    /** Nobody is banned. */
    public static final Bans NONE = new Bans(Set.of(), List.of());

    /** Letters, dots and escaped dots, each perhaps repeated: no engine refuses that. */
    private static final Pattern PLAIN = Pattern.compile("\\^(?:(?:[A-Za-z0-9@_,-]|\\.|\\\\[.@+_-])[*+?]?)*\\$?");

    public Bans {
        literals = Set.copyOf(literals);
        patterns = List.copyOf(patterns);
    }

    /**
     * Bans of which it is not known in which order Mailman tries them. Order matters only in that Mailman stumbles over
     * a malformed pattern if no other has matched before; so those that may be malformed come first.
     */
    public static Bans inUnknownOrder(Set<String> literals, List<String> patterns) {
        return new Bans(
                literals,
                Stream.concat(
                                patterns.stream().filter(pattern -> !isPlain(pattern)),
                                patterns.stream().filter(Bans::isPlain))
                        .toList());
    }

    private static boolean isPlain(String pattern) {
        return PLAIN.matcher(pattern).matches();
    }

    public boolean isEmpty() {
        return literals.isEmpty() && patterns.isEmpty();
    }
}
