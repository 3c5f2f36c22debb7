// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.List;

/**
 * A reply as it came over the wire (RFC 5321 4.2).
 *
 * @param lines without their CRLF, at least one, read as ISO-8859-1
 */
public record WireReply(List<String> lines) {
    public WireReply {
        lines = List.copyOf(lines);
    }

    /** The three digits of the last line; 0 when it does not start with three digits. */
    public int code() {
        String last = lines.get(lines.size() - 1);
        return last.matches("\\d{3}.*") ? Integer.parseInt(last.substring(0, 3)) : 0;
    }

    /** Whether it takes the mail over: 2xx. */
    public boolean isAccepting() {
        return code() / 100 == 2;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
