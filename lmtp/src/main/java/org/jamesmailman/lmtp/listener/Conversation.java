// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.jamesmailman.lmtp.IncomingMessage;
import org.jamesmailman.lmtp.framing.CommandFramer;
import org.jamesmailman.lmtp.framing.CommandFramer.Frame;
import org.jamesmailman.lmtp.framing.MessageFramer;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on one connection, in order: a command and its reply, a message and a reply for each recipient. Used by
 * the connection's thread; while a message is being delivered its session is the delivering thread's.
 */
final class Conversation {
    private static final Logger LOGGER = LoggerFactory.getLogger(Conversation.class);

    private enum Phase {
        /** The client's address is not known yet. */
        WAITING,
        COMMANDS,
        MESSAGE,
        DELIVERY,
        /** The last reply has been given. */
        OVER
    }

    private final Listener listener;
    private final LmtpConnection connection;
    private final CommandFramer commands = new CommandFramer();
    private final ErrorCount errors = new ErrorCount();
    private final Deque<ChannelInboundHandlerAdapter> lineHandlers = new ArrayDeque<>();
    private Phase phase = Phase.WAITING;
    private Optional<ListenerSession> session = Optional.empty();
    private Optional<IncomingMessage> message = Optional.empty();
    private MessageFramer framer = new MessageFramer(octets -> {});
    private boolean isShuttingDown;
    private boolean isLost;

    Conversation(Listener listener, LmtpConnection connection) {
        this.listener = listener;
        this.connection = connection;
    }

    /** Greets the client. */
    void begin(ListenerSession begun) {
        session = Optional.of(begun);
        phase = Phase.COMMANDS;
        connection.clock().awaitCommand();
        if (isShuttingDown) {
            end(Replies.shuttingDown());
            return;
        }
        listener.handlers().greetings(begun).forEach(this::say);
    }

    /** Whether it goes on with what the client sends next. */
    boolean isListening() {
        return phase == Phase.COMMANDS || phase == Phase.MESSAGE;
    }

    /** Whether the client's address is still to come. */
    boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    /** Whether a message is on its way to its recipients. */
    boolean isDelivering() {
        return phase == Phase.DELIVERY;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /**
     * Takes a command, or what is there of a message, from the input.
     *
     * @return false when there is no whole command
     */
    boolean next(ByteBuf input) {
        return phase == Phase.MESSAGE ? nextOfMessage(input) : nextCommand(input);
    }

    private boolean nextCommand(ByteBuf input) {
        Frame frame = commands.next(input);
        if (frame instanceof Frame.Line line) {
            connection.clock().awaitCommand();
            answer(line.octets());
        } else if (frame instanceof Frame.TooLong) {
            refuseCommand(ListenerReplies.lineTooLong());
        } else if (frame instanceof Frame.Endless) {
            end(ListenerReplies.lineTooLong());
        } else if (frame instanceof Frame.BareLineFeed) {
            end(Replies.bareLineFeed());
        }
        return !(frame instanceof Frame.More);
    }

    private void answer(byte[] line) {
        Optional<ChannelInboundHandlerAdapter> lineHandler = Optional.ofNullable(lineHandlers.peekFirst());
        if (lineHandler.isPresent()) {
            connection.pass(lineHandler.get(), Unpooled.wrappedBuffer(line, new byte[] {'\r', '\n'}));
            return;
        }
        Response response = listener.handlers().answer(session.orElseThrow(), line);
        listener.metrics().getCommandsMetric().increment();
        if (response == null) {
            return;
        }
        if (errors.isTooMany(line, response)) {
            end(ListenerReplies.tooManyErrors());
            return;
        }
        say(response);
        if (response instanceof StartTlsResponse) {
            session.orElseThrow().forgetEverything();
            connection.startTls();
        }
        session.orElseThrow().takeIncoming().ifPresent(this::receive);
    }

    private void refuseCommand(Reply reply) {
        if (errors.isTooMany()) {
            end(ListenerReplies.tooManyErrors());
        } else {
            say(List.of(reply));
        }
    }

    private void receive(IncomingMessage begun) {
        if (isOver()) {
            begun.close();
            return;
        }
        message = Optional.of(begun);
        framer = new MessageFramer((ByteBuffer octets) -> begun.add(octets));
        phase = Phase.MESSAGE;
        connection.clock().awaitMessage();
    }

    private boolean nextOfMessage(ByteBuf input) {
        MessageFramer.Progress progress = framer.read(input);
        if (progress == MessageFramer.Progress.END) {
            deliver(message.orElseThrow());
        } else if (progress == MessageFramer.Progress.BARE_LINE_FEED) {
            end(Replies.bareLineFeed());
        }
        return progress != MessageFramer.Progress.MORE;
    }

    private void deliver(IncomingMessage received) {
        phase = Phase.DELIVERY;
        connection.clock().rest();
        boolean isTaken = listener.deliveries().offer(() -> carry(received));
        if (!isTaken) {
            listener.log().tooBusy();
            received.close();
            delivered(received.postpone());
        }
    }

    /** For a delivering thread. Whatever happens the connection gets to know, which waits for it without end. */
    private void carry(IncomingMessage received) {
        List<Reply> replies = List.of();
        try (received) {
            replies = received.deliver();
        } catch (Throwable e) {
            LOGGER.error("A message could not be answered: its connection is closed", e);
        } finally {
            List<Reply> given = replies;
            connection.later(() -> {
                delivered(given);
                connection.process();
            });
        }
    }

    /** @param replies none when none could be given: the client is left to try again */
    private void delivered(List<Reply> replies) {
        message = Optional.empty();
        if (isLost) {
            phase = Phase.OVER;
            leave();
            return;
        }
        phase = Phase.COMMANDS;
        if (replies.isEmpty()) {
            end();
            return;
        }
        say(replies);
        session.orElseThrow().resetState();
        connection.clock().awaitCommand();
        if (isShuttingDown) {
            end(Replies.shuttingDown());
        }
    }

    /** Ends it: at once, or when the message in hand has been answered. */
    void shutDown() {
        isShuttingDown = true;
        if (phase == Phase.COMMANDS) {
            end(Replies.shuttingDown());
        } else if (phase == Phase.WAITING) {
            end();
        }
    }

    /** Says a last word. */
    void end(Reply reply) {
        if (!isOver()) {
            say(List.of(reply));
            listener.log().closed(connection.peer(), reply);
            message.ifPresent(unfinished -> unfinished.giveUp(reply));
            end();
        }
    }

    private void end() {
        phase = Phase.OVER;
        closeMessage();
        connection.hangUp();
    }

    /** The client is gone. */
    void lost() {
        isLost = true;
        if (phase == Phase.DELIVERY) {
            // The session is the delivering thread's, until it is done.
            return;
        }
        phase = Phase.OVER;
        closeMessage();
        leave();
    }

    private void closeMessage() {
        message.ifPresent(IncomingMessage::close);
        message = Optional.empty();
    }

    private void leave() {
        session.ifPresent(left -> {
            try {
                listener.handlers().disconnected(left);
            } catch (RuntimeException e) {
                LOGGER.error("A handler failed when a client had disconnected", e);
            }
            left.resetState();
        });
        session = Optional.empty();
        connection.forget();
    }

    private void say(Response response) {
        connection.say(ReplyEncoder.encode(connection.allocator(), response));
        if (response.isEndSession()) {
            end();
        }
    }

    private void say(List<Reply> replies) {
        connection.say(ReplyEncoder.encode(connection.allocator(), replies));
    }

    /** From now on a handler of the chain takes the client's lines, until it is taken away. */
    void push(ChannelInboundHandlerAdapter lineHandler) {
        lineHandlers.addFirst(lineHandler);
    }

    void pop() {
        lineHandlers.pollFirst();
    }
}
