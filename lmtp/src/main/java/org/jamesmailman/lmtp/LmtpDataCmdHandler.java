// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.lmtp.hook.DeliverToRecipientHook;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesMessageHook;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * DATA: hands what the session's client sends to an {@link IncomingMessage} until the message ends.
 *
 * <p>James's {@link JamesMessageHook}s run on each message before the mailets, and what they refuse is refused for all
 * its recipients. Its {@code DataLineFilter}s do not run: they change the message, and what is queued is what came.
 * Wired once at start; thread-safe then.
 */
public final class LmtpDataCmdHandler
        implements CommandHandler<SMTPSession>, ExtensibleHandler, DisconnectHandler<SMTPSession> {
    private final MessageReception reception;
    private volatile List<JamesMessageHook> messageHooks = List.of();
    private volatile List<DeliverToRecipientHook> deliveryHooks = List.of();

    @Inject
    public LmtpDataCmdHandler(MessageReception reception) {
        this.reception = reception;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("DATA");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String argument = request.getArgument();
        if (argument != null && !argument.isBlank()) {
            return WireReply.of(new Reply(501, "5.5.4", "DATA has no argument"));
        }
        Optional<Envelope> envelope = session.getAttachment(Envelope.KEY, State.Transaction);
        if (envelope.isEmpty()) {
            return WireReply.of(new Reply(503, "5.5.1", "say MAIL first"));
        }
        if (envelope.get().recipientCount() == 0) {
            // RFC 2033 4.2: without a recipient there is none to answer for after the message.
            return WireReply.of(new Reply(503, "5.5.1", "no valid recipients"));
        }
        IncomingMessage message =
                reception.begin(session, envelope.get(), new MessageHooks(messageHooks, deliveryHooks));
        if (session instanceof MessageStream stream) {
            stream.receive(message);
        } else {
            receiveLines(session, new MessageLineHandler(message));
        }
        return new SMTPResponse("354", "send the message, ending with <CRLF>.<CRLF>");
    }

    private static void receiveLines(SMTPSession session, MessageLineHandler lines) {
        // A line of the message may well say "starttls".
        session.stopDetectingCommandInjection();
        session.setAttachment(MessageLineHandler.KEY, lines, State.Transaction);
        session.pushLineHandler(lines);
    }

    @Override
    public void onDisconnect(SMTPSession session) {
        if (session != null) {
            session.getAttachment(MessageLineHandler.KEY, State.Transaction).ifPresent(MessageLineHandler::abandon);
        }
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(JamesMessageHook.class, DeliverToRecipientHook.class);
    }

    @Override
    @SuppressWarnings("unchecked") // James wires what it found for the marker interface.
    public void wireExtensions(Class<?> marker, List<?> extensions) {
        if (marker.equals(JamesMessageHook.class)) {
            messageHooks = List.copyOf((List<JamesMessageHook>) extensions);
        } else if (marker.equals(DeliverToRecipientHook.class)) {
            deliveryHooks = List.copyOf((List<DeliverToRecipientHook>) extensions);
        }
    }
}
