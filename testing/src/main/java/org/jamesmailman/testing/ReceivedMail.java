// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail that arrived at the sink.
 *
 * @param reversePath without its brackets; empty for the null reverse-path
 * @param recipients in the order of their RCPTs, without their brackets
 * @param content as it came, dots undoubled; a character for each octet (ISO-8859-1)
 */
public record ReceivedMail(String reversePath, List<String> recipients, String content) {
    public ReceivedMail {
        recipients = List.copyOf(recipients);
    }

    /** The octets. */
    public byte[] octets() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first header of that name, unfolded; empty when there is none. */
    public Optional<String> header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ':';
        return headerSection()
                .replaceAll("\r?\n(?=[ \t])", "")
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** Whether it goes to that address. */
    public boolean isFor(String recipient) {
        return recipients.contains(recipient);
    }

    private String headerSection() {
        int end = content.indexOf("\r\n\r\n");
        return end < 0 ? content : content.substring(0, end);
    }
}
