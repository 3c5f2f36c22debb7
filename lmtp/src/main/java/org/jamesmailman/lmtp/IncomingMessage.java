// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jamesmailman.mailman.message.MessageCollector;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message on its way in: takes its octets, and in the end has a reply for each recipient, whatever happens. Used by
 * one thread at a time.
 */
public final class IncomingMessage implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(IncomingMessage.class);

    private final MessageCollector collector;
    private final long sizeLimit;
    private final Envelope envelope;
    private final Function<WireMessage, List<Reply>> delivery;
    private boolean isLost;

    /** @param delivery gives a reply for each recipient of the envelope, in order, whatever happens */
    IncomingMessage(
            MessageCollector collector,
            long sizeLimit,
            Envelope envelope,
            Function<WireMessage, List<Reply>> delivery) {
        this.collector = collector;
        this.sizeLimit = sizeLimit;
        this.envelope = envelope;
        this.delivery = delivery;
    }

    /** Adds octets, dot-stuffing undone. What cannot be kept is answered for in the end. */
    public void add(ByteBuffer octets) {
        if (isLost) {
            return;
        }
        try {
            collector.add(octets);
        } catch (IOException e) {
            LOGGER.error("A message cannot be kept in a temporary file: {}", e.getMessage());
            isLost = true;
        }
    }

    /** The message has ended: takes it to its recipients. Takes as long as the mailets and the disk take. */
    public List<Reply> deliver() {
        List<Reply> replies = replies();
        ReplyLog.message(envelope, collector.size(), replies);
        return replies;
    }

    private List<Reply> replies() {
        if (collector.isTooBig()) {
            return forEach(address -> Replies.tooBig(address, sizeLimit));
        }
        if (isLost) {
            return forEach(Replies::noRoom);
        }
        try {
            return delivery.apply(collector.finish());
        } catch (Throwable e) {
            // Errors too: the client would wait for its replies for ever.
            LOGGER.error("A message could not be processed", e);
            return forEach(Replies::tryAgainLater);
        }
    }

    /** Instead of {@link #deliver()}, when there is nobody to do it now. */
    public List<Reply> postpone() {
        List<Reply> replies = forEach(Replies::tooBusy);
        ReplyLog.message(envelope, collector.size(), replies);
        return replies;
    }

    /**
     * Instead of {@link #deliver()}, when the connection is closed before the message has ended.
     *
     * @param reply the last that the client is told
     */
    public void giveUp(Reply reply) {
        ReplyLog.message(envelope, collector.size(), forEach(address -> reply));
        close();
    }

    private List<Reply> forEach(Function<String, Reply> reply) {
        return envelope.recipients().stream().map(Recipient::address).map(reply).toList();
    }

    /** Gives up what is kept of the message. */
    @Override
    public void close() {
        try {
            collector.close();
        } catch (IOException e) {
            LOGGER.warn("The temporary file of a message cannot be closed: {}", e.getMessage());
        }
    }
}
