// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.List;

/**
 * The checks that Python's strict {@code email.utils.getaddresses} adds to its parser (CVE-2023-27043; Debian 12
 * carries them in 3.11.2): a header that looks as if it hid an address yields none at all.
 */
final class StrictAddresses {
    private StrictAddresses() {}

    /**
     * The addresses of a header that pass.
     *
     * @param parsed what the lenient parser made of the header
     */
    static List<String> from(String header, AddressList parsed) {
        String outsideQuotes = withoutQuoted(header);
        long expected = outsideQuotes.chars().filter(c -> c == ',').count() + 1;
        if (!hasBalancedParentheses(outsideQuotes) || parsed.addresses().size() != expected) {
            return List.of();
        }
        return parsed.addresses().stream()
                .filter(address -> address.indexOf('[') < 0)
                .toList();
    }

    /** As {@code _strip_quoted_realnames}; a quote that is never closed stays with what follows it. */
    private static String withoutQuoted(String header) {
        StringBuilder outside = new StringBuilder();
        int start = 0;
        int open = -1;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' && open < 0) {
                open = i;
            } else if (c == '"') {
                outside.append(header, start, open);
                start = i + 1;
                open = -1;
            }
        }
        return outside.append(header, Math.min(start, header.length()), header.length())
                .toString();
    }

    private static boolean hasBalancedParentheses(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                open++;
            } else if (c == ')' && --open < 0) {
                return false;
            }
        }
        return open == 0;
    }
}
