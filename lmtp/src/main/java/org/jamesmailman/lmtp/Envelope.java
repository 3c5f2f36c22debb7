// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;

/** What MAIL and RCPT have said so far in one transaction. Used by its session's thread only. */
final class Envelope {
    static final AttachmentKey<Envelope> KEY = AttachmentKey.of("org.jamesmailman.lmtp.envelope", Envelope.class);

    private final String reversePath;
    private final MaybeSender sender;
    private final List<Recipient> recipients = new ArrayList<>();

    /**
     * @param reversePath as the client gave it, without brackets; empty for the null reverse-path
     * @param sender the same for James; the null sender also when James cannot parse the address
     */
    Envelope(String reversePath, MaybeSender sender) {
        this.reversePath = reversePath;
        this.sender = sender;
    }

    String reversePath() {
        return reversePath;
    }

    MaybeSender sender() {
        return sender;
    }

    void add(Recipient recipient) {
        recipients.add(recipient);
    }

    /** In the order of RCPT, duplicates included: RFC 2033 4.2 wants a reply for each. */
    List<Recipient> recipients() {
        return List.copyOf(recipients);
    }

    int recipientCount() {
        return recipients.size();
    }
}
