// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractAuthRequiredToRelayRcptHook;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.core.fastfail.AbstractValidRcptHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.PathArgument;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.delivery.Recipients;
import org.jamesmailman.mailman.queue.MailmanQueue;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * RCPT: a list's address is accepted, any other refused at once, or left to James's own handlers.
 *
 * <p>The admin's own RCPT hooks run too, but for those of James that ask whether a local user has the address or
 * whether relaying is allowed: they know no lists. Thread-safe.
 */
public final class LmtpRcptCmdHandler extends AbstractHookableCmdHandler<RcptHook> {
    /** How many recipients one transaction may have; RFC 5321 4.5.3.1.8 wants at least 100. */
    static final int MAX_RECIPIENTS = 1_000;

    private static final AttachmentKey<Recipient> CURRENT =
            AttachmentKey.of("org.jamesmailman.lmtp.recipient", Recipient.class);

    private final Recipients recipients;
    private final MailmanQueue queue;
    private final OtherRecipients otherRecipients;

    @Inject
    public LmtpRcptCmdHandler(
            MetricFactory metricFactory, Recipients recipients, MailmanQueue queue, OtherRecipients otherRecipients) {
        super(metricFactory);
        this.recipients = recipients;
        this.queue = queue;
        this.otherRecipients = otherRecipients;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("RCPT");
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String parameters) {
        Optional<Reply> refusal = refusal(session, parameters);
        Optional<Envelope> envelope = session.getAttachment(Envelope.KEY, State.Transaction);
        if (refusal.isPresent() && envelope.isPresent()) {
            ReplyLog.recipient(envelope.get(), parameters, refusal.get());
        }
        return refusal.map(WireReply::of).orElse(null);
    }

    private Optional<Reply> refusal(SMTPSession session, String argument) {
        Optional<Envelope> envelope = session.getAttachment(Envelope.KEY, State.Transaction);
        if (envelope.isEmpty()) {
            return Optional.of(new Reply(503, "5.5.1", "say MAIL first"));
        }
        if (envelope.get().recipientCount() >= MAX_RECIPIENTS) {
            return Optional.of(Replies.tooManyRecipients());
        }
        if (argument != null && !PathArgument.isAscii(argument)) {
            return Optional.of(Replies.notAscii());
        }
        Optional<PathArgument> path = Optional.ofNullable(argument).flatMap(given -> PathArgument.parse("TO", given));
        if (path.isEmpty()) {
            return Optional.of(Replies.noForwardPath());
        }
        List<PathArgument.Parameter> parameters = path.get().parameters();
        if (!parameters.isEmpty()) {
            String name = parameters.get(0).name();
            return Optional.of(new Reply(555, "5.5.4", "the RCPT parameter " + name + " is not known"));
        }
        return resolve(session, path.get().address());
    }

    private Optional<Reply> resolve(SMTPSession session, String address) {
        Resolution resolution = recipients.resolve(address);
        if (resolution instanceof Resolution.NothingKnownYet) {
            return Optional.of(Replies.nothingKnownYet(address));
        }
        if (resolution instanceof Resolution.Found found) {
            Destination destination = found.destination();
            if (!queue.takes(destination)) {
                return Optional.of(Replies.queueFull(address));
            }
            return take(session, new Recipient.OfList(address, JamesAddress.of(address, destination), destination));
        }
        Optional<MailAddress> mailAddress = JamesAddress.of(address);
        if (mailAddress.isEmpty() || resolution instanceof Resolution.Malformed) {
            return Optional.of(Replies.malformedAddress(address));
        }
        if (otherRecipients == OtherRecipients.JAMES) {
            return take(session, new Recipient.OfJames(address, mailAddress.get()));
        }
        return Optional.of(
                resolution instanceof Resolution.NoSuchList
                        ? Replies.noSuchList(address)
                        : Replies.domainNotServed(address));
    }

    private static Optional<Reply> take(SMTPSession session, Recipient recipient) {
        session.setAttachment(CURRENT, recipient, State.Transaction);
        return Optional.empty();
    }

    @Override
    protected HookResult callHook(RcptHook hook, SMTPSession session, String parameters) {
        Recipient recipient = current(session);
        boolean asksForLocalUsers =
                hook instanceof AbstractValidRcptHandler || hook instanceof AbstractAuthRequiredToRelayRcptHook;
        if (recipient instanceof Recipient.OfList && asksForLocalUsers) {
            return HookResult.DECLINED;
        }
        return hook.doRcpt(session, envelope(session).sender(), recipient.mailAddress(), Map.of());
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String parameters) {
        Recipient recipient = current(session);
        envelope(session).add(recipient);
        // Where James's own hooks look for them.
        List<MailAddress> mailAddresses =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElseGet(ArrayList::new);
        mailAddresses.add(recipient.mailAddress());
        session.setAttachment(SMTPSession.RCPT_LIST, mailAddresses, State.Transaction);
        return WireReply.of(Replies.recipientOk(recipient.address()));
    }

    private static Recipient current(SMTPSession session) {
        return session.getAttachment(CURRENT, State.Transaction).orElseThrow();
    }

    private static Envelope envelope(SMTPSession session) {
        return session.getAttachment(Envelope.KEY, State.Transaction).orElseThrow();
    }

    @Override
    protected Class<RcptHook> getHookInterface() {
        return RcptHook.class;
    }
}
