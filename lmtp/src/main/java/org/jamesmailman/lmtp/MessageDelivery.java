// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Transaction;
import org.jamesmailman.mailman.delivery.Transactions;
import org.jamesmailman.mailman.delivery.VerdictSink;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * Takes a received message to all its recipients, and finds the reply for each: the mailets judge and stage, recipient
 * by recipient, then everything staged is committed at once. Thread-safe.
 */
public final class MessageDelivery {
    private final MailetRun mailets;
    private final Commitment commitment;
    private final Transactions transactions;

    @Inject
    public MessageDelivery(MailetRun mailets, Commitment commitment, Transactions transactions) {
        this.mailets = mailets;
        this.commitment = commitment;
        this.transactions = transactions;
    }

    /** The replies for the envelope's recipients, in order. */
    List<Reply> deliver(SMTPSession session, Envelope envelope, WireMessage message, MessageHooks hooks) {
        HookedMessage hooked = new HookedMessage(session, envelope, message, hooks);
        Optional<Reply> refusal = hooked.refusal();
        return refusal.isPresent()
                ? envelope.recipients().stream().map(recipient -> refusal.get()).toList()
                : deliver(session, envelope, message, hooked);
    }

    private List<Reply> deliver(SMTPSession session, Envelope envelope, WireMessage message, HookedMessage hooked) {
        Transaction transaction = transactions.received(envelope.reversePath(), message, idDomain(envelope));
        List<PendingReply> pending = new ArrayList<>();
        for (Recipient recipient : envelope.recipients()) {
            if (recipient instanceof Recipient.OfList ofList) {
                Delivery delivery =
                        new Delivery(transaction, ofList.address(), ofList.destination(), new VerdictSink());
                mailets.run(session, envelope.sender(), ofList.mailAddress(), delivery);
                pending.add(new PendingReply.OfMailets(delivery, delivery.sink().outcome()));
            } else {
                pending.add(new PendingReply.Decided(hooked.deliver(recipient)));
            }
        }
        return commitment.replies(pending);
    }

    /** The domain of the first list: public anyway, unlike this host's name. */
    private static String idDomain(Envelope envelope) {
        return envelope.recipients().stream()
                .filter(Recipient.OfList.class::isInstance)
                .map(recipient -> ((Recipient.OfList) recipient).destination().mailHost())
                .findFirst()
                .orElse("localhost");
    }
}
