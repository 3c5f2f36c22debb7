// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message as the admin's own James hooks meet it. Used by one thread. */
final class HookedMessage {
    private static final Logger LOGGER = LoggerFactory.getLogger(HookedMessage.class);
    private static final int MAX_LOGGED_LENGTH = 500;

    private final SMTPSession session;
    private final Envelope envelope;
    private final WireMessage message;
    private final MessageHooks hooks;

    HookedMessage(SMTPSession session, Envelope envelope, WireMessage message, MessageHooks hooks) {
        this.session = session;
        this.envelope = envelope;
        this.message = message;
        this.hooks = hooks;
    }

    /** What the message hooks refuse the message with, for all recipients; empty when they do not. */
    Optional<Reply> refusal() {
        if (hooks.onMessage().isEmpty()) {
            return Optional.empty();
        }
        MailImpl mail = MailImpl.builder()
                .name(MailImpl.getId())
                .sender(envelope.sender())
                .addRecipients(mailAddresses())
                .build();
        try {
            mail.setMessageContent(new WireMessageSource(mail.getName(), message));
            return hooks.onMessage().stream()
                    .flatMap(hook -> reply(hook.onMessage(session, mail)).stream())
                    .filter(reply -> !reply.isAccepting())
                    .findFirst();
        } catch (Throwable e) {
            // Errors too, as of a hook made for another James.
            LOGGER.error("A message hook failed", e);
            return Optional.of(new Reply(451, "4.3.0", "the message could not be processed now, try again later"));
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** What the delivery hooks say for a recipient that is no list's. */
    Reply deliver(Recipient recipient) {
        try {
            return hooks.onRecipient().stream()
                    .flatMap(hook -> reply(hook.deliver(session, recipient.mailAddress(), mailEnvelope())).stream())
                    .findFirst()
                    .orElseGet(() -> undelivered(recipient));
        } catch (Throwable e) {
            // Errors too: what is staged for the other recipients would be left behind.
            LOGGER.error("A delivery hook failed for {}", loggable(recipient), e);
            return Replies.tryAgainLater(recipient.address());
        }
    }

    private static Reply undelivered(Recipient recipient) {
        LOGGER.error(
                "No handler delivered the mail to {}, which is no list's: name a DeliverToRecipientHook in lmtpserver.xml,"
                        + " or set lmtp.other-recipients=refuse in mailman.properties",
                loggable(recipient));
        return Replies.tryAgainLater(recipient.address());
    }

    private static String loggable(Recipient recipient) {
        return Printable.address(recipient.address(), MAX_LOGGED_LENGTH);
    }

    private List<MailAddress> mailAddresses() {
        return envelope.recipients().stream().map(Recipient::mailAddress).toList();
    }

    /** A hook's answer, if it gives one; its text begins with an enhanced code or gets a general one. */
    private static Optional<Reply> reply(HookResult result) {
        return Optional.ofNullable(AbstractHookableCmdHandler.calcDefaultSMTPResponse(result))
                .map(HookedMessage::reply);
    }

    private static Reply reply(SMTPResponse response) {
        int code = Integer.parseInt(response.getRetCode());
        if (code / 100 == 3) {
            throw new IllegalArgumentException("a hook must take or refuse a message, and not say " + response);
        }
        String text = Objects.toString(response.getLines().get(0), "").substring(4);
        String enhanced = text.split(" ", 2)[0];
        boolean hasEnhanced =
                enhanced.matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}") && enhanced.charAt(0) - '0' == code / 100;
        return hasEnhanced
                ? new Reply(code, enhanced, text.substring(enhanced.length()).strip())
                : new Reply(code, code / 100 + ".0.0", text);
    }

    private MailEnvelope mailEnvelope() {
        return new MailEnvelope() {
            @Override
            public long getSize() {
                return message.size();
            }

            @Override
            public List<MailAddress> getRecipients() {
                return mailAddresses();
            }

            @Override
            public MaybeSender getMaybeSender() {
                return envelope.sender();
            }

            @Override
            public OutputStream getMessageOutputStream() throws IOException {
                throw new IOException("the message is complete");
            }

            @Override
            public InputStream getMessageInputStream() throws IOException {
                return message.openStream();
            }
        };
    }
}
