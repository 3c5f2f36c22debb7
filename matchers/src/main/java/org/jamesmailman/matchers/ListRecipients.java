// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Recipients;

/**
 * Finds those of a mail's recipients that are at a list: as our LMTP side found at RCPT, or, in James's spool, by what
 * is known of the lists now. Thread-safe.
 */
public final class ListRecipients {
    private static final AttributeName DELIVERY = AttributeName.of(Delivery.ATTRIBUTE);

    private final Recipients recipients;

    @Inject
    public ListRecipients(Recipients recipients) {
        this.recipients = recipients;
    }

    /**
     * What our LMTP side has put into a mail; empty also for a copy of it that a mailet has sent to somebody else: for
     * that no LMTP client waits.
     */
    Optional<Delivery> delivery(Mail mail) {
        return mail.getAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE.getName()).isPresent()
                ? Optional.empty()
                : AttributeUtils.getValueAndCastFromMail(mail, DELIVERY, Delivery.class);
    }

    /**
     * The recipients whose destination is wanted.
     *
     * @throws MessagingException when nothing is known of the lists yet
     */
    Collection<MailAddress> matching(Mail mail, Predicate<Destination> wanted) throws MessagingException {
        Optional<Delivery> delivery = delivery(mail);
        if (delivery.isPresent()) {
            return wanted.test(delivery.get().destination()) ? mail.getRecipients() : List.of();
        }
        return found(mail, wanted).stream().map(Found::recipient).toList();
    }

    /**
     * The recipients of a mail in James's spool whose destination is wanted, each with it.
     *
     * @throws MessagingException when nothing is known of the lists yet
     */
    List<Found> found(Mail mail, Predicate<Destination> wanted) throws MessagingException {
        List<Found> matched = new ArrayList<>();
        for (MailAddress recipient : mail.getRecipients()) {
            Resolution resolution = recipients.resolve(recipient.asString());
            if (resolution instanceof Resolution.NothingKnownYet) {
                throw new MessagingException("Nothing is known of Mailman's lists yet");
            }
            if (resolution instanceof Resolution.Found found && wanted.test(found.destination())) {
                matched.add(new Found(recipient, found.destination()));
            }
        }
        return List.copyOf(matched);
    }

    /** A recipient and where it leads. */
    record Found(MailAddress recipient, Destination destination) {}
}
