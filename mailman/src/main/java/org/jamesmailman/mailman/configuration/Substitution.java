// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code string.Template.safe_substitute}: {@code $name}, {@code ${name}}, {@code $$}; unknown names stay. */
final class Substitution {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)\\})");

    /** Values name one another, in circles perhaps. */
    private static final int MAX_ROUNDS = 20;

    private Substitution() {}

    /** The text with known names replaced, and names in what replaces them, as long as that changes anything. */
    static String repeatedly(String text, Map<String, String> values) {
        String current = text;
        for (int round = 0; round < MAX_ROUNDS && current.indexOf('$') >= 0; round++) {
            String next = once(current, values);
            if (next.equals(current)) {
                return next;
            }
            current = next;
        }
        return current;
    }

    private static String once(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement(found, values)));
    }

    private static String replacement(MatchResult found, Map<String, String> values) {
        if (found.group(1) != null) {
            return "$";
        }
        String name = found.group(2) == null ? found.group(3) : found.group(2);
        return values.getOrDefault(name, found.group());
    }
}
