// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.verdict.Replies;

/**
 * Refuses a message that Mailman's own LMTP runner would refuse for its defects, or that Mailman would break on.
 *
 * <p>The defects are those that Python's {@code email} package notes on the outermost message, such as a multipart
 * without a boundary; see {@code docs/mailets/RejectMalformedMime.md}. On our LMTP side the client gets {@code 554
 * 5.6.0} for each recipient, with the defect in words. In James's spool the mail goes to a processor, for those of its
 * recipients that are at a list; others are left alone.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="All" class="org.jamesmailman.mailets.RejectMalformedMime">
 *     <processor>error</processor>
 * </mailet>
 * }</pre>
 *
 * <ul>
 *   <li>{@code processor}: where a refused mail of James's spool goes; default {@code error}. Not used on our LMTP
 *       side.
 * </ul>
 */
public final class RejectMalformedMime extends GenericMailet {
    private static final String PROCESSOR = "processor";

    private final ListMails listMails;
    private String processor = Mail.ERROR;

    @Inject
    public RejectMalformedMime(ListMails listMails) {
        this.listMails = listMails;
    }

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of(PROCESSOR));
        processor = getInitParameter(PROCESSOR, Mail.ERROR);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return List.of(new ProcessingState(processor));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        try (ListMail listMail = listMails.of(mail)) {
            if (listMail.deliveries().isEmpty()) {
                return;
            }
            Optional<String> defect = listMail.deliveries()
                    .get(0)
                    .delivery()
                    .transaction()
                    .analysis()
                    .whyMalformed();
            if (defect.isPresent()) {
                refuse(mail, listMail, defect.get());
            }
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
    }

    private void refuse(Mail mail, ListMail listMail, String defect) throws MessagingException {
        if (listMail.answersOnTheWire()) {
            for (ListMail.Item item : listMail.deliveries()) {
                String recipient = item.delivery().recipient();
                Refusal.conclude(mail, item, new Outcome.Refused(Replies.malformedMessage(recipient, defect), defect));
            }
            return;
        }
        List<MailAddress> refused =
                listMail.deliveries().stream().map(ListMail.Item::recipient).toList();
        new Refusal(getMailetContext(), processor).divert(mail, refused, "554 5.6.0 malformed message: " + defect);
    }

    @Override
    public String getMailetInfo() {
        return "RejectMalformedMime: refuses what Mailman would refuse for its defects";
    }
}
