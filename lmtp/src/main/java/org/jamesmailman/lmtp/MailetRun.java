// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.jamesmailman.mailman.delivery.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the mailet container on a mail for one recipient, so that what goes wrong for one touches no other. Thread-safe.
 */
public final class MailetRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailetRun.class);
    private static final AttributeName DELIVERY = AttributeName.of(Delivery.ATTRIBUTE);

    private final MailProcessor mailProcessor;

    @Inject
    public MailetRun(MailProcessor mailProcessor) {
        this.mailProcessor = mailProcessor;
    }

    /** Returns when the mailets are done; their conclusion, if any, is in the delivery's sink. */
    void run(SMTPSession session, MaybeSender sender, MailAddress recipient, Delivery delivery) {
        MailImpl mail = MailImpl.builder()
                .name(MailImpl.getId())
                .sender(sender)
                .addRecipient(recipient)
                .remoteAddr(session.getRemoteAddress().getAddress().getHostAddress())
                // The address again: no look-up of a name on the thread that serves connections.
                .remoteHost(session.getRemoteAddress().getAddress().getHostAddress())
                .addAttribute(new Attribute(DELIVERY, AttributeValue.ofUnserializable(delivery)))
                .build();
        try {
            mail.setMessageContent(
                    new WireMessageSource(mail.getName(), delivery.transaction().message()));
            mailProcessor.service(mail);
        } catch (Throwable e) {
            // Errors too, as of a mailet made for another James: what is staged for the other recipients would be left
            // behind. This one is answered "try again later".
            LOGGER.error(
                    "The mailets failed on the mail to {}",
                    delivery.destination().postingAddress(),
                    e);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }
}
