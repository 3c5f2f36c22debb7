// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.delivery.Transactions;

/** Starts the reception of messages. Thread-safe. */
public final class MessageReception {
    private final MessageSizeLimit sizeLimit;
    private final Transactions transactions;
    private final MessageDelivery delivery;

    @Inject
    public MessageReception(MessageSizeLimit sizeLimit, Transactions transactions, MessageDelivery delivery) {
        this.sizeLimit = sizeLimit;
        this.transactions = transactions;
        this.delivery = delivery;
    }

    IncomingMessage begin(SMTPSession session, Envelope envelope, MessageHooks hooks) {
        long limit = sizeLimit.of(session);
        return new IncomingMessage(
                transactions.collector(limit),
                limit,
                envelope,
                message -> delivery.deliver(session, envelope, message, hooks));
    }
}
