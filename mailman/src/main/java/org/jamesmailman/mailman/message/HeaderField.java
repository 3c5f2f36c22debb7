// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/**
 * One field of a message's header, as Python's {@code email} package keeps it (policy {@code compat32}).
 *
 * @param name what stands before the colon, as written
 * @param value the octets after the colon as ISO-8859-1, without the blanks before and the line ends after them; the
 *     line ends of a folded value are kept
 */
public record HeaderField(String name, String value) {
    /** Whether an octet above 127 is in the value. */
    public boolean isEightBit() {
        return value.chars().anyMatch(octet -> octet > 0x7F);
    }
}
