// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.james.protocols.api.ProxyInformation;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.LineHandlerAware;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes what its client sends to a {@link Conversation}, and what that says to the client.
 *
 * <p>Nothing is read while a message is being delivered, or while the client does not read its replies: so what is kept
 * of a client's pipelining is bounded, and a session keeps its order. Used by the connection's own thread, but for
 * {@link #shutDown()} and {@link #later(Runnable)}.
 */
final class LmtpConnection extends ChannelInboundHandlerAdapter implements LineHandlerAware {
    private static final Logger LOGGER = LoggerFactory.getLogger(LmtpConnection.class);
    private static final int MAX_LOGGED_LENGTH = 200;

    private final Listener listener;
    private final Conversation conversation;
    private final ConnectionClock clock;
    private ChannelHandlerContext context;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private String peer = "";
    private Optional<InetAddress> client = Optional.empty();
    private boolean isCounted;
    private boolean isTurnedAway;
    private boolean isLingering;
    private boolean isProcessing;
    private boolean hasClientFinished;

    LmtpConnection(Listener listener) {
        this.listener = listener;
        this.conversation = new Conversation(listener, this);
        this.clock = new ConnectionClock(listener.timeout(), listener.messageTimeout());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        isCounted = listener.limits().enter();
        peer = host(active.channel().remoteAddress());
        listener.metrics().getConnectionMetric().increment();
        listener.connections().add(this);
        clock.start(active, this::timedOut);
        if (!isCounted) {
            turnAway(ListenerReplies.tooManyConnections());
        } else if (!listener.proxyRequired()) {
            begin(Optional.empty());
        }
        process();
    }

    private void begin(Optional<ProxyInformation> proxy) {
        if (conversation.isOver()) {
            return;
        }
        ListenerSession session = listener.sessions().apply(context.channel());
        proxy.ifPresent(session::setProxyInformation);
        peer = host(session.getRemoteAddress());
        InetAddress address = session.getRemoteAddress().getAddress();
        if (listener.limits().enter(address)) {
            client = Optional.of(address);
            conversation.begin(session);
        } else {
            stopCounting();
            turnAway(ListenerReplies.tooManyConnectionsOfClient());
        }
    }

    /** Whom we do not serve takes no room from those whom we do, also while it is still there. */
    private void turnAway(Reply reply) {
        isTurnedAway = true;
        isLingering = listener.limits().linger();
        conversation.end(reply);
    }

    private void stopCounting() {
        if (isCounted) {
            listener.limits().leave();
            isCounted = false;
        }
        client.ifPresent(listener.limits()::leave);
        client = Optional.empty();
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? internet.getAddress().getHostAddress()
                : "an unknown address";
    }

    /** The client's address, for the log; the proxy's, where that has not told it yet. */
    String peer() {
        return peer;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (message instanceof HAProxyMessage header) {
            try {
                begin(ProxyHeader.read(header));
            } finally {
                header.release();
            }
        } else if (conversation.isOver()) {
            ((ByteBuf) message).release();
        } else {
            clock.heard();
            input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(reading.alloc(), input, (ByteBuf) message);
        }
        process();
    }

    /** A client may close its half behind its last command, and still wait for the replies. */
    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            hasClientFinished = true;
            process();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        process();
    }

    /** Works on the input as far as may be now. */
    void process() {
        if (isProcessing) {
            // Writing has changed the writability: the loop below sees to it.
            return;
        }
        isProcessing = true;
        try {
            boolean isStuck = false;
            while (!isStuck) {
                isStuck = !work();
                context.flush();
            }
        } finally {
            isProcessing = false;
        }
        boolean reads = conversation.isOver() || (conversation.isListening() && isWritable());
        context.channel().config().setAutoRead(reads || conversation.isWaiting());
        keepLittle();
        if (hasClientFinished && (conversation.isOver() || (isWritable() && !conversation.isDelivering()))) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Returns true when it stopped for want of room for more replies only. */
    private boolean work() {
        while (conversation.isListening() && input.isReadable()) {
            if (!isWritable()) {
                context.flush();
                return isWritable();
            }
            if (!conversation.next(input)) {
                return false;
            }
        }
        return false;
    }

    private boolean isWritable() {
        return context.channel().isWritable();
    }

    /** An idle connection does not hold on to a large buffer for the start of a command. */
    private void keepLittle() {
        ByteBuf kept = input;
        if (!kept.isReadable()) {
            input = Unpooled.EMPTY_BUFFER;
            kept.release();
        } else if (conversation.isListening() && isWritable()) {
            input = Unpooled.buffer(kept.readableBytes()).writeBytes(kept);
            kept.release();
        }
    }

    void say(ByteBuf replies) {
        ChannelFuture unused = context.write(replies);
    }

    ByteBufAllocator allocator() {
        return context.alloc();
    }

    ConnectionClock clock() {
        return clock;
    }

    /** Has a handler that James's handlers have pushed take a line. */
    void pass(ChannelInboundHandlerAdapter lineHandler, ByteBuf line) {
        try {
            lineHandler.channelRead(context, line);
        } catch (Exception e) {
            exceptionCaught(context, e);
        }
    }

    /** Has the connection's thread do it, if there still is one; the connection is closed when it fails. */
    void later(Runnable task) {
        try {
            context.executor().execute(() -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    exceptionCaught(context, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.debug("A connection is gone before its reply");
        }
    }

    /** Encrypts from here on. What the client has sent behind STARTTLS is thrown away (RFC 3207 4.2, 6). */
    void startTls() {
        input.skipBytes(input.readableBytes());
        context.flush();
        context.pipeline()
                .addFirst(
                        HandlerConstants.SSL_HANDLER,
                        listener.encryption().get().sslHandler());
    }

    void hangUp() {
        input.skipBytes(input.readableBytes());
        if (isTurnedAway && !isLingering) {
            HangUp.atOnce(context);
        } else {
            HangUp.after(context);
        }
    }

    /** Ends the connection, when the message in hand has been answered if there is one. */
    void shutDown() {
        later(() -> {
            conversation.shutDown();
            process();
        });
    }

    private void timedOut() {
        if (conversation.isWaiting()) {
            listener.log().noProxyHeader(peer, "none came in time");
        }
        conversation.end(ListenerReplies.timeout());
        process();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        clock.stop();
        stopCounting();
        if (isLingering) {
            listener.limits().lingered();
        }
        listener.metrics().getConnectionMetric().decrement();
        conversation.lost();
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    /** Nothing is left to do for this client. */
    void forget() {
        listener.connections().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        // Anybody can bring about most of them: a reset, octets that are no TLS, or no header of a proxy.
        String reason = Printable.ascii(String.valueOf(cause.getMessage()), MAX_LOGGED_LENGTH);
        if (cause instanceof HAProxyProtocolException) {
            listener.log().noProxyHeader(peer, reason);
        } else if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            listener.log().noTls(peer, reason);
        } else if (cause instanceof IOException || cause instanceof DecoderException) {
            LOGGER.debug("A connection failed: {}", reason);
        } else {
            LOGGER.error("A connection failed", cause);
        }
        ChannelFuture unused = failing.close();
    }

    @Override
    public void pushLineHandler(ChannelInboundHandlerAdapter lineHandler) {
        conversation.push(lineHandler);
    }

    @Override
    public void popLineHandler() {
        conversation.pop();
    }
}
