// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.IOException;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.queue.QueueEntry;
import org.jamesmailman.mailman.queue.QueueException;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * A message on its way to one recipient: what the mailets judge and queue.
 *
 * @param transaction the message, shared with its other recipients
 * @param recipient the address as the client gave it
 * @param destination what the address was found to be at RCPT
 * @param sink where the outcome goes
 */
public record Delivery(Transaction transaction, String recipient, Destination destination, VerdictSink sink) {
    /**
     * The name of the mail attribute, of an unserialisable value, that carries this from the LMTP side to the mailets.
     */
    public static final String ATTRIBUTE = "org.jamesmailman.delivery";

    /**
     * What is to lie in Mailman's queue when this delivery is accepted; to be asked for once.
     *
     * @throws IOException when the message cannot be read
     */
    public QueueEntry queueEntry() throws IOException {
        return new QueueEntry(
                destination,
                transaction.reversePath(),
                transaction.message(),
                transaction.spareMessageId(),
                transaction.receivedAt(),
                transaction.fingerprint(recipient, destination));
    }

    /** The reply that says that this delivery could not be queued now: the client is to try again later. */
    public Reply notQueued(QueueException cause) {
        return cause.isOutOfRoom() ? Replies.queueFull(recipient) : Replies.tryAgainLater(recipient);
    }
}
