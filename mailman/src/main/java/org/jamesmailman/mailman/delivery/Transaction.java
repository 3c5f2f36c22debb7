// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jamesmailman.mailman.message.WireMessage;

/** One message on its way to all its recipients: what they share. Thread-safe. */
public final class Transaction {
    private final String reversePath;
    private final WireMessage message;
    private final Instant receivedAt;
    private final String spareMessageId;

    /**
     * @param reversePath the bare address of {@code MAIL FROM}, as it came; empty for the null reverse-path
     * @param message its bytes
     * @param receivedAt when its last octet came
     * @param idDomain what stands behind the {@code @} of the Message-ID that is made up for a message without one
     */
    public Transaction(String reversePath, WireMessage message, Instant receivedAt, String idDomain) {
        this.reversePath = reversePath;
        this.message = message;
        this.receivedAt = receivedAt;
        this.spareMessageId = "<" + UUID.randomUUID() + "@" + idDomain + ">";
    }

    public String reversePath() {
        return reversePath;
    }

    public WireMessage message() {
        return message;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * The Message-ID for a message that has none, with its angle brackets; the same for all recipients, as Mailman's
     * LMTP runner has it.
     */
    String spareMessageId() {
        return spareMessageId;
    }
}
