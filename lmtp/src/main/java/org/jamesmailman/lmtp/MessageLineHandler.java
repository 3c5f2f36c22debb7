// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.nio.ByteBuffer;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.verdict.Replies;

/**
 * Takes one message's lines from James's own listener, up to and with the one that ends it, and answers for every
 * recipient.
 *
 * <p>Only {@code CRLF.CRLF} ends the message. A line that a bare LF ends closes the connection: reading on would let a
 * smuggled command through. A bare CR is content. For one message of one session, whose thread calls it.
 */
final class MessageLineHandler implements LineHandler<SMTPSession> {
    static final AttachmentKey<MessageLineHandler> KEY =
            AttachmentKey.of("org.jamesmailman.lmtp.message", MessageLineHandler.class);

    private final IncomingMessage message;

    MessageLineHandler(IncomingMessage message) {
        this.message = message;
    }

    @Override
    public Response onLine(SMTPSession session, byte[] line) {
        int length = line.length;
        boolean endsWithCrlf = length >= 2 && line[length - 2] == '\r' && line[length - 1] == '\n';
        if (!endsWithCrlf) {
            message.giveUp(Replies.bareLineFeed());
            end(session);
            return WireReply.closing(Replies.bareLineFeed());
        }
        if (length == 3 && line[0] == '.') {
            return finish(session);
        }
        // RFC 5321 4.5.2: a leading dot that does not end the message is taken away.
        int start = line[0] == '.' ? 1 : 0;
        message.add(ByteBuffer.wrap(line, start, length - start));
        return null;
    }

    /** Gives up the message, of which the client has not sent the end. */
    void abandon() {
        message.close();
    }

    private Response finish(SMTPSession session) {
        try {
            return WireReply.of(message.deliver());
        } finally {
            end(session);
        }
    }

    private void end(SMTPSession session) {
        message.close();
        session.popLineHandler();
        session.resetState();
        session.startDetectingCommandInjection();
    }
}
