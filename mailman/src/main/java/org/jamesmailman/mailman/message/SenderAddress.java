// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Locale;
import java.util.Optional;

/** What Mailman takes for a valid address ({@code Validator.is_valid} in {@code mailman/email/validate.py}). */
final class SenderAddress {
    private static final String LOCAL_PUNCTUATION = "-!#$%&'*+./=?@_`{}~";

    private SenderAddress() {}

    /** The address in lower case, if it is valid. */
    static Optional<String> validated(String address) {
        String lowerCase = address.toLowerCase(Locale.ROOT);
        int at = lowerCase.indexOf('@');
        boolean valid = at > 0 && isLocalPart(lowerCase.substring(0, at)) && isDomain(lowerCase.substring(at + 1));
        return valid ? Optional.of(lowerCase) : Optional.empty();
    }

    private static boolean isLocalPart(String localPart) {
        return localPart.chars().allMatch(c -> isLetterOrDigit(c) || LOCAL_PUNCTUATION.indexOf(c) >= 0);
    }

    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        if (labels.length < 2) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty()
                    || label.startsWith("-")
                    || !label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || isLetterIgnoringCase(c);
    }

    /** To Python's re.IGNORECASE, [a-z] also holds the dotless i and the long s. */
    private static boolean isLetterIgnoringCase(int c) {
        return c == '\u0131' || c == '\u017F';
    }
}
