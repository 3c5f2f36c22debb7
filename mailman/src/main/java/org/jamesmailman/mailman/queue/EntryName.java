// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a queue entry, without a file extension: decimal seconds, {@code +}, forty hexadecimal digits.
 *
 * @param micros the seconds, in microseconds since 1970: Mailman's runners sort by them
 * @param fingerprint the digits: the runners slice a queue among instances by the topmost bits, and by the whole a
 *     message that comes again is known
 */
record EntryName(long micros, Fingerprint fingerprint) {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,11})\\.([0-9]{6})\\+([0-9a-f]{40})");

    /** Reads a name; empty when it is none of ours. */
    static Optional<EntryName> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Fingerprint.parse(form.group(3))
                        .map(fingerprint -> new EntryName(
                                Long.parseLong(form.group(1)) * MICROS_PER_SECOND + Long.parseLong(form.group(2)),
                                fingerprint))
                : Optional.empty();
    }

    @Override
    public String toString() {
        // A leading digit more than the fraction has, cut off again: pads with zeros, without a formatter.
        String padded =
                Long.toString(MICROS_PER_SECOND + micros % MICROS_PER_SECOND).substring(1);
        return micros / MICROS_PER_SECOND + "." + padded + '+' + fingerprint.hex();
    }
}
