// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces {@code $name} and {@code ${name}} in a text, and {@code $$} by a dollar sign, as Python's
 * {@code string.Template.safe_substitute} does: a name without a value stays as it stands.
 */
final class PathTemplate {
    private PathTemplate() {}

    static String substitute(String template, Function<String, Optional<String>> values) {
        StringBuilder result = new StringBuilder();
        int position = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', position)) {
            result.append(template, position, dollar);
            int start = dollar + 1;
            if (template.startsWith("$", start)) {
                result.append('$');
                position = start + 1;
                continue;
            }
            boolean isBraced = template.startsWith("{", start);
            int nameStart = isBraced ? start + 1 : start;
            int nameEnd = endOfName(template, nameStart);
            boolean isName = nameEnd > nameStart && (!isBraced || template.startsWith("}", nameEnd));
            position = isName ? nameEnd + (isBraced ? 1 : 0) : start;
            String found = template.substring(dollar, position);
            result.append(
                    isName
                            ? values.apply(template.substring(nameStart, nameEnd))
                                    .orElse(found)
                            : found);
        }
        return result.append(template, position, template.length()).toString();
    }

    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }
}
