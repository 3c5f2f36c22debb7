// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.jamesmailman.mailman.address.PathArgument;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * MAIL: after LHLO only, once a transaction, with no parameter but those that we honour.
 *
 * <p>James's own accepts it before LHLO and passes over parameters that it does not know, which then promises what
 * nobody keeps (RFC 5321 4.1.1.11). Thread-safe.
 */
public final class LmtpMailCmdHandler extends AbstractHookableCmdHandler<MailHook> {
    private final MessageSizeLimit sizeLimit;

    @Inject
    public LmtpMailCmdHandler(MetricFactory metricFactory, MessageSizeLimit sizeLimit) {
        super(metricFactory);
        this.sizeLimit = sizeLimit;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("MAIL");
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String parameters) {
        return outOfOrder(session)
                .or(() -> logged(parameters, refusal(session, parameters)))
                .map(WireReply::of)
                .orElse(null);
    }

    private static Optional<Reply> outOfOrder(SMTPSession session) {
        if (session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .isEmpty()) {
            return Optional.of(new Reply(503, "5.5.1", "say LHLO first"));
        }
        if (session.getAttachment(Envelope.KEY, State.Transaction).isPresent()) {
            return Optional.of(new Reply(503, "5.5.1", "the sender has been given already"));
        }
        return Optional.empty();
    }

    private static Optional<Reply> logged(String argument, Optional<Reply> refusal) {
        refusal.ifPresent(reply -> ReplyLog.sender(argument, reply));
        return refusal;
    }

    private Optional<Reply> refusal(SMTPSession session, String argument) {
        if (argument != null && !PathArgument.isAscii(argument)) {
            return Optional.of(Replies.notAscii());
        }
        Optional<PathArgument> path = Optional.ofNullable(argument).flatMap(given -> PathArgument.parse("FROM", given));
        if (path.isEmpty()) {
            return Optional.of(Replies.noReversePath());
        }
        List<PathArgument.Parameter> parameters = path.get().parameters();
        Optional<Reply> refusal = parameters.stream()
                .flatMap(parameter -> refusal(session, parameter).stream())
                .findFirst()
                .or(() -> repetition(parameters));
        if (refusal.isEmpty()) {
            begin(session, path.get().address());
        }
        return refusal;
    }

    /** Which of two values would hold? */
    private static Optional<Reply> repetition(List<PathArgument.Parameter> parameters) {
        Set<String> names = new HashSet<>();
        return parameters.stream()
                .map(PathArgument.Parameter::name)
                .filter(name -> !names.add(name))
                .findFirst()
                .map(name -> new Reply(501, "5.5.4", "the MAIL parameter " + name + " is given twice"));
    }

    private Optional<Reply> refusal(SMTPSession session, PathArgument.Parameter parameter) {
        return switch (parameter.name()) {
            case "SIZE" -> sizeRefusal(session, parameter.value().orElse(""));
            case "BODY" -> bodyRefusal(parameter.value().orElse(""));
            default -> Optional.of(new Reply(555, "5.5.4", "the MAIL parameter " + parameter.name() + " is not known"));
        };
    }

    /** RFC 1870 6.1. */
    private Optional<Reply> sizeRefusal(SMTPSession session, String value) {
        boolean isNumber =
                !value.isEmpty() && value.length() <= 20 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            return Optional.of(new Reply(501, "5.5.4", "SIZE wants a number of octets"));
        }
        long limit = sizeLimit.of(session);
        // More digits than a long holds are a size beyond any limit.
        boolean isTooBig = limit > 0 && (value.length() > 18 || Long.parseLong(value) > limit);
        return isTooBig ? Optional.of(Replies.tooBig(limit)) : Optional.empty();
    }

    /** RFC 6152 2. */
    private static Optional<Reply> bodyRefusal(String value) {
        boolean isKnown = value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME");
        return isKnown ? Optional.empty() : Optional.of(new Reply(501, "5.5.4", "BODY is 7BIT or 8BITMIME"));
    }

    private static void begin(SMTPSession session, String address) {
        MaybeSender sender = toSender(address);
        session.setAttachment(Envelope.KEY, new Envelope(address, sender), State.Transaction);
        // Where James's own hooks look for it.
        session.setAttachment(SMTPSession.SENDER, sender, State.Transaction);
    }

    // Some senders have addresses that James's parser refuses, as "a..b@docomo.example"; Mailman takes them.
    private static MaybeSender toSender(String address) {
        try {
            return address.isEmpty() ? MaybeSender.nullSender() : MaybeSender.of(new MailAddress(address));
        } catch (Exception e) {
            return MaybeSender.nullSender();
        }
    }

    @Override
    public Response onCommand(SMTPSession session, org.apache.james.protocols.api.Request request) {
        boolean isNested =
                session.getAttachment(Envelope.KEY, State.Transaction).isPresent();
        boolean isAccepted = false;
        try {
            Response response = super.onCommand(session, request);
            isAccepted = response.getRetCode().startsWith("2");
            return response;
        } finally {
            if (!isNested && !isAccepted) {
                // A hook has refused the sender, or failed on it: the transaction has not begun.
                session.resetState();
            }
        }
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String parameters) {
        return WireReply.of(new Reply(250, "2.1.0", "sender ok"));
    }

    @Override
    protected HookResult callHook(MailHook hook, SMTPSession session, String parameters) {
        return hook.doMail(
                session,
                session.getAttachment(SMTPSession.SENDER, State.Transaction).orElseGet(MaybeSender::nullSender));
    }

    @Override
    protected Class<MailHook> getHookInterface() {
        return MailHook.class;
    }
}
