// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.message.MailmanHazard;
import org.jamesmailman.mailman.queue.Commit;
import org.jamesmailman.mailman.queue.MailmanQueue;
import org.jamesmailman.mailman.queue.QueueException;
import org.jamesmailman.mailman.queue.StagedEntry;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a message into Mailman's queue, as it came over the wire, for each recipient that is at a list.
 *
 * <p>On our LMTP side it stages the entry; when the mailets are done with all recipients, the entries are committed to
 * the disk together, and only then the client is answered. In James's spool it commits at once, and takes the
 * recipients at lists out of the mail; when that fails it throws, so that James tries again (configure
 * {@code <onMailetException>propagate</onMailetException>} there). It ends a mail that has no recipient left.
 *
 * <p>A message that Mailman's LMTP runner breaks on, so that no entry can be made of it (some of
 * {@link MailmanHazard}), is refused on the LMTP side, and in James's spool an error.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="All" class="org.jamesmailman.mailets.EnqueueToMailman"/>
 * }</pre>
 *
 * <p>It has no parameters.
 */
public final class EnqueueToMailman extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(EnqueueToMailman.class);

    private final ListMails listMails;
    private final MailmanQueue queue;

    @Inject
    public EnqueueToMailman(ListMails listMails, MailmanQueue queue) {
        this.listMails = listMails;
        this.queue = queue;
    }

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of());
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        try (ListMail listMail = listMails.of(mail)) {
            if (listMail.deliveries().isEmpty()) {
                return;
            }
            Optional<String> hazard = hazard(listMail);
            if (listMail.answersOnTheWire()) {
                stage(mail, listMail, hazard);
            } else if (hazard.isPresent()) {
                throw new MessagingException("Mailman would break on mail " + mail.getName() + ": " + hazard.get());
            } else {
                commit(mail, listMail);
            }
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
    }

    private static Optional<String> hazard(ListMail listMail) throws IOException {
        return listMail.deliveries()
                .get(0)
                .delivery()
                .transaction()
                .analysis()
                .unqueueable()
                .map(MailmanHazard::explanation);
    }

    private void stage(Mail mail, ListMail listMail, Optional<String> hazard) throws IOException {
        for (ListMail.Item item : listMail.deliveries()) {
            Delivery delivery = item.delivery();
            if (hazard.isPresent()) {
                Reply reply = Replies.malformedMessage(delivery.recipient(), hazard.get());
                Refusal.conclude(mail, item, new Outcome.Refused(reply, hazard.get()));
            } else if (delivery.sink().outcome().isEmpty()) {
                stage(delivery);
            }
            mail.setState(Mail.GHOST);
        }
    }

    private void stage(Delivery delivery) throws IOException {
        try {
            StagedEntry staged = queue.stage(delivery.queueEntry());
            if (!delivery.sink().conclude(new Outcome.Staged(staged))) {
                queue.abandon(staged);
            }
        } catch (QueueException e) {
            LOGGER.error(
                    "The mail to {} is not queued: {}", delivery.destination().postingAddress(), e.getMessage());
            delivery.sink().conclude(new Outcome.Refused(delivery.notQueued(e), e.getMessage()));
        }
    }

    private void commit(Mail mail, ListMail listMail) throws MessagingException, IOException {
        List<StagedEntry> staged = new ArrayList<>();
        for (ListMail.Item item : listMail.deliveries()) {
            try {
                staged.add(queue.stage(item.delivery().queueEntry()));
            } catch (QueueException e) {
                staged.forEach(queue::abandon);
                throw notQueued(mail, e);
            } catch (IOException e) {
                staged.forEach(queue::abandon);
                throw e;
            }
        }
        List<Commit> commits = queue.commit(staged);
        List<MailAddress> queued = new ArrayList<>();
        Optional<QueueException> failure = Optional.empty();
        for (int i = 0; i < commits.size(); i++) {
            if (commits.get(i) instanceof Commit.Failed failed) {
                failure = Optional.of(failed.cause());
            } else {
                queued.add(listMail.deliveries().get(i).recipient());
            }
        }
        // What is queued must not be queued again when James tries the rest again.
        Refusal.remove(mail, queued);
        if (failure.isPresent()) {
            throw notQueued(mail, failure.get());
        }
    }

    private static MessagingException notQueued(Mail mail, QueueException cause) {
        return new MessagingException("Mail " + mail.getName() + " is not queued: " + cause.getMessage(), cause);
    }

    @Override
    public String getMailetInfo() {
        return "EnqueueToMailman: puts list mail into Mailman's queue";
    }
}
