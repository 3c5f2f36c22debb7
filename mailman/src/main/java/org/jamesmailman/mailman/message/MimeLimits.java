// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/**
 * How much of a hostile message is looked at. What exceeds a limit is never a defect: the analysis says that it could
 * not tell.
 *
 * @param headerOctets of the outermost header, kept in memory; 1 or more
 * @param headerFields of the outermost header; 1 or more
 * @param lineOctets of one line, kept in memory; at least 1,024. A longer line is read on, but not kept
 * @param depth of parts within parts, the message itself being the first; 1 or more
 */
public record MimeLimits(int headerOctets, int headerFields, int lineOctets, int depth) {
    /**
     * Python pickles about 198 levels of messages before its stack ends, so Mailman can neither queue nor shunt a
     * deeper one; 180 leaves its runners 100 frames of their own.
     */
    public static final MimeLimits DEFAULTS = new MimeLimits(1 << 20, 10_000, 1 << 16, 180);

    public MimeLimits {
        if (headerOctets < 1 || headerFields < 1 || lineOctets < 1024 || depth < 1) {
            throw new IllegalArgumentException("limits too low for any message: " + headerOctets + " octets of header, "
                    + headerFields + " fields, " + lineOctets + " octets a line, depth " + depth);
        }
    }
}
