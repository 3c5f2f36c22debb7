// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds in a header what Mailman breaks on. Immutable and thread-safe. */
final class HeaderHazards {
    private final List<String> senderHeaders;

    /** @param senderHeaders as {@link SenderHeaders} wants them */
    HeaderHazards(List<String> senderHeaders) {
        this.senderHeaders = senderHeaders.stream()
                .filter(name -> !name.equals(SenderHeaders.REVERSE_PATH))
                .toList();
    }

    Set<MailmanHazard> in(Headers headers) {
        Set<MailmanHazard> hazards = EnumSet.noneOf(MailmanHazard.class);
        if (isEightBit(headers.first("message-id"))) {
            hazards.add(MailmanHazard.EIGHT_BIT_MESSAGE_ID);
        }
        if (senderHeaders.stream()
                .flatMap(name -> headers.values(name).stream())
                .anyMatch(UndecodableHeader::isUndecodable)) {
            hazards.add(MailmanHazard.UNDECODABLE_SENDER);
        }
        if (breaksResponses(headers)) {
            hazards.add(MailmanHazard.EIGHT_BIT_PRECEDENCE);
        }
        return hazards;
    }

    /** With {@code X-Ack: no}, the responder of posts does not look at Precedence. */
    private static boolean breaksResponses(Headers headers) {
        Optional<HeaderField> ack = headers.first("x-ack");
        boolean no = ack.filter(field -> field.value().equalsIgnoreCase("no")).isPresent();
        return isEightBit(ack) || (!no && isEightBit(headers.first("precedence")));
    }

    private static boolean isEightBit(Optional<HeaderField> field) {
        return field.filter(HeaderField::isEightBit).isPresent();
    }
}
