// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.util.List;

/**
 * What {@code mailman.cfg} says of the whole site, as far as it matters before the queue.
 *
 * @param siteOwner {@code [mailman] site_owner}
 * @param senderHeaders {@code [mailman] sender_headers}, in lower case, {@code from_} for the reverse-path
 * @param verpDelimiter {@code [mta] verp_delimiter}
 * @param headerChecks {@code [antispam] header_checks}, one entry a line, as written
 * @param jumpChain {@code [antispam] jump_chain}
 * @param pluginsEnabled whether a {@code [plugin.*]} section is enabled: it may bring rules and chains that we cannot
 *     know
 */
public record SiteSettings(
        String siteOwner,
        List<String> senderHeaders,
        String verpDelimiter,
        List<String> headerChecks,
        String jumpChain,
        boolean pluginsEnabled) {

    /** What Mailman's {@code schema.cfg} has where {@code mailman.cfg} is silent. */
    public static final SiteSettings DEFAULTS = new SiteSettings(
            "changeme@example.com", List.of("from", "from_", "reply-to", "sender"), "+", List.of(), "hold", false);

    public SiteSettings {
        senderHeaders = List.copyOf(senderHeaders);
        headerChecks = List.copyOf(headerChecks);
    }
}
