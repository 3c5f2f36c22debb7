// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Recipients;
import org.jamesmailman.mailman.delivery.Transactions;
import org.jamesmailman.mailman.delivery.VerdictSink;

/**
 * Finds what a mail holds for Mailman's lists: what our LMTP side has put into it, or, in James's ordinary spool, what
 * its recipients and its bytes tell. Thread-safe.
 */
public final class ListMails {
    private static final AttributeName DELIVERY = AttributeName.of(Delivery.ATTRIBUTE);

    private final Recipients recipients;
    private final Transactions transactions;

    @Inject
    public ListMails(Recipients recipients, Transactions transactions) {
        this.recipients = recipients;
        this.transactions = transactions;
    }

    /**
     * Reads a mail.
     *
     * @throws MessagingException when nothing is known of the lists yet, or the message cannot be read
     */
    ListMail of(Mail mail) throws MessagingException {
        Optional<Delivery> onTheWire = delivery(mail);
        if (onTheWire.isPresent()) {
            List<ListMail.Item> items = mail.getRecipients().stream()
                    .map(recipient -> new ListMail.Item(recipient, onTheWire.get()))
                    .toList();
            return new ListMail(items, true, () -> {});
        }
        return inSpool(mail);
    }

    // A copy that a mailet has sent to somebody else has the delivery too, but for that no LMTP client waits.
    private static Optional<Delivery> delivery(Mail mail) {
        return mail.getAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE.getName()).isPresent()
                ? Optional.empty()
                : AttributeUtils.getValueAndCastFromMail(mail, DELIVERY, Delivery.class);
    }

    private ListMail inSpool(Mail mail) throws MessagingException {
        List<AtList> atLists = new ArrayList<>();
        for (MailAddress recipient : mail.getRecipients()) {
            Resolution resolution = recipients.resolve(recipient.asString());
            if (resolution instanceof Resolution.NothingKnownYet) {
                throw new MessagingException("Nothing is known of Mailman's lists yet");
            }
            if (resolution instanceof Resolution.Found found) {
                atLists.add(new AtList(recipient, found.destination()));
            }
        }
        if (atLists.isEmpty()) {
            return new ListMail(List.of(), false, () -> {});
        }
        return read(mail, atLists);
    }

    private ListMail read(Mail mail, List<AtList> atLists) throws MessagingException {
        String idDomain = atLists.get(0).destination().mailHost();
        try (InputStream in = new MimeMessageInputStream(mail.getMessage())) {
            Transactions.Read read = transactions.read(in, mail.getMaybeSender().asString(""), idDomain);
            List<ListMail.Item> items = atLists.stream()
                    .map(atList -> new ListMail.Item(atList.recipient(), delivery(read, atList)))
                    .toList();
            return new ListMail(items, false, read);
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
    }

    private static Delivery delivery(Transactions.Read read, AtList atList) {
        return new Delivery(read.transaction(), atList.recipient().asString(), atList.destination(), new VerdictSink());
    }

    private record AtList(MailAddress recipient, Destination destination) {}
}
