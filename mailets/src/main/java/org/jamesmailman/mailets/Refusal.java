// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.jamesmailman.mailman.delivery.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the way of a mail's recipients: with a reply to the LMTP client that waits, or in James's spool by a processor.
 */
final class Refusal {
    private static final Logger LOGGER = LoggerFactory.getLogger(Refusal.class);

    private final MailetContext context;
    private final String processor;

    /** @param processor where a refused mail of James's spool goes */
    Refusal(MailetContext context, String processor) {
        this.context = context;
        this.processor = processor;
    }

    /** Ends the mail that an LMTP client waits for. */
    static void conclude(Mail mail, ListMail.Item item, Outcome outcome) {
        item.delivery().sink().conclude(outcome);
        mail.setState(Mail.GHOST);
    }

    /** Takes recipients out of a mail of James's spool, and sends the mail to the processor for them. */
    void divert(Mail mail, List<MailAddress> refused, String reason) throws MessagingException {
        if (refused.isEmpty()) {
            return;
        }
        LOGGER.info("{} of mail {} go to processor {}: {}", refused, mail.getName(), processor, reason);
        if (refused.size() == mail.getRecipients().size()) {
            mail.setErrorMessage(reason);
            mail.setState(processor);
            return;
        }
        Mail copy = mail.duplicate();
        try {
            copy.setRecipients(refused);
            copy.setErrorMessage(reason);
            context.sendMail(copy, processor);
        } finally {
            LifecycleUtil.dispose(copy);
        }
        remove(mail, refused);
    }

    /** Takes recipients out of a mail, and ends it when none is left. */
    static void remove(Mail mail, List<MailAddress> done) {
        List<MailAddress> left = new ArrayList<>(mail.getRecipients());
        left.removeAll(done);
        mail.setRecipients(left);
        if (left.isEmpty()) {
            mail.setState(Mail.GHOST);
        }
    }
}
