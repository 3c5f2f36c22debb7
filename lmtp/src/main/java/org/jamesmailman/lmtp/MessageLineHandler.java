// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.message.MessageCollector;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one message's lines, up to and with the one that ends it, and answers for every recipient.
 *
 * <p>Only {@code CRLF.CRLF} ends the message. A line that a bare LF ends closes the connection: reading on would let a
 * smuggled command through. A bare CR is content. For one message of one session, whose thread calls it.
 */
final class MessageLineHandler implements LineHandler<SMTPSession> {
    static final AttachmentKey<MessageLineHandler> KEY =
            AttachmentKey.of("org.jamesmailman.lmtp.message", MessageLineHandler.class);

    private static final Logger LOGGER = LoggerFactory.getLogger(MessageLineHandler.class);

    private final MessageCollector collector;
    private final long sizeLimit;
    private final Envelope envelope;
    private final Function<WireMessage, List<Reply>> delivery;
    private Optional<IOException> failure = Optional.empty();

    /** @param delivery gives a reply for each recipient of the envelope, in order, whatever happens */
    MessageLineHandler(
            MessageCollector collector,
            long sizeLimit,
            Envelope envelope,
            Function<WireMessage, List<Reply>> delivery) {
        this.collector = collector;
        this.sizeLimit = sizeLimit;
        this.envelope = envelope;
        this.delivery = delivery;
    }

    @Override
    public Response onLine(SMTPSession session, byte[] line) {
        int length = line.length;
        boolean endsWithCrlf = length >= 2 && line[length - 2] == '\r' && line[length - 1] == '\n';
        if (!endsWithCrlf) {
            end(session);
            return WireReply.closing(Replies.bareLineFeed());
        }
        if (length == 3 && line[0] == '.') {
            return finish(session);
        }
        // RFC 5321 4.5.2: a leading dot that does not end the message is taken away.
        int start = line[0] == '.' ? 1 : 0;
        add(line, start, length - start);
        return null;
    }

    /** Gives up the message, of which the client has not sent the end. */
    void abandon() {
        close();
    }

    private void add(byte[] line, int offset, int length) {
        if (failure.isPresent()) {
            return;
        }
        try {
            collector.add(line, offset, length);
        } catch (IOException e) {
            LOGGER.error("A message cannot be kept in a temporary file: {}", e.getMessage());
            failure = Optional.of(e);
        }
    }

    private Response finish(SMTPSession session) {
        try {
            return WireReply.of(replies());
        } finally {
            end(session);
        }
    }

    private List<Reply> replies() {
        if (collector.isTooBig()) {
            return forEach(address -> Replies.tooBig(address, sizeLimit));
        }
        if (failure.isPresent()) {
            return forEach(Replies::tryAgainLater);
        }
        try {
            return delivery.apply(collector.finish());
        } catch (IOException | RuntimeException e) {
            LOGGER.error("A message could not be processed", e);
            return forEach(Replies::tryAgainLater);
        }
    }

    private List<Reply> forEach(Function<String, Reply> reply) {
        return envelope.recipients().stream().map(Recipient::address).map(reply).toList();
    }

    private void end(SMTPSession session) {
        close();
        session.popLineHandler();
        session.resetState();
        session.startDetectingCommandInjection();
    }

    private void close() {
        try {
            collector.close();
        } catch (IOException e) {
            LOGGER.warn("The temporary file of a message cannot be closed: {}", e.getMessage());
        }
    }
}
