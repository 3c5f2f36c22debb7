// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.util.Optional;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.jamesmailman.lmtp.IncomingMessage;
import org.jamesmailman.lmtp.MessageStream;
import org.jamesmailman.mailman.verdict.Reply;

/** James's session, on a connection that takes messages in blocks. Used by one thread at a time. */
final class ListenerSession extends ExtendedSMTPSession implements MessageStream {
    private Optional<IncomingMessage> incoming = Optional.empty();

    ListenerSession(SMTPConfiguration configuration, ProtocolTransport transport) {
        super(configuration, transport);
    }

    @Override
    public void receive(IncomingMessage message) {
        incoming = Optional.of(message);
    }

    /** The message that DATA has just begun, once. */
    Optional<IncomingMessage> takeIncoming() {
        Optional<IncomingMessage> taken = incoming;
        incoming = Optional.empty();
        return taken;
    }

    /** RFC 3207 4.2: after STARTTLS nothing counts that was said before. */
    @SuppressWarnings("deprecation") // James gives no other way to empty it.
    void forgetEverything() {
        getConnectionState().clear();
        resetState();
    }

    @Override
    public Response newFatalErrorResponse() {
        return wire(ListenerReplies.commandFailed());
    }

    @Override
    public Response newLineTooLongResponse() {
        return wire(ListenerReplies.lineTooLong());
    }

    private static Response wire(Reply reply) {
        return new SMTPResponse(Integer.toString(reply.code()), reply.enhancedText());
    }
}
