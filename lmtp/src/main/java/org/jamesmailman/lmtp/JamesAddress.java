// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.core.MailAddress;
import org.jamesmailman.mailman.address.Destination;

/**
 * Addresses as James holds them. Its parser is stricter than Mailman, which has lists called {@code a..b@example.com},
 * and whose VERP makes {@code ant-bounces+a..b=docomo.example@example.com}.
 */
final class JamesAddress {
    /** RFC 6761 6.4: nobody's. */
    private static final String NO_DOMAIN = "lists.invalid";

    private JamesAddress() {}

    /** The address, if James can hold it. */
    static Optional<MailAddress> of(String address) {
        try {
            return Optional.of(new MailAddress(address));
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    /** A list's address: as it came, else in its plainest form, else one that stands for it and for no other. */
    static MailAddress of(String address, Destination destination) {
        return of(address)
                .or(() -> of(destination.address()))
                .or(() -> of(standIn(destination, destination.mailHost())))
                .or(() -> of(standIn(destination, NO_DOMAIN)))
                .orElseThrow();
    }

    private static String standIn(Destination destination, String domain) {
        byte[] name = destination.address().getBytes(StandardCharsets.UTF_8);
        return "list-" + UUID.nameUUIDFromBytes(name) + '@' + domain;
    }
}
