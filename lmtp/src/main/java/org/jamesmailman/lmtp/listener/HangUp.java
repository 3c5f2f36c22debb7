// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the client gets the last reply: a socket that is closed with octets unread is reset, and
 * the reply is lost. So our half is closed first, and what the client still sends is thrown away for a short while.
 */
final class HangUp {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private HangUp() {}

    /** Closes behind what has been written. */
    static void after(ChannelHandlerContext context) {
        ChannelFuture written = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        written.addListener((ChannelFuture last) -> {
            ChannelFuture unused = last.isSuccess() && hasHalves(context)
                    ? ((DuplexChannel) context.channel()).shutdownOutput()
                    : context.close();
        });
        ScheduledFuture<?> unused =
                context.executor().schedule(() -> close(context), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes behind what has been written at once, read or not: the reply is lost if the client has sent something. */
    static void atOnce(ChannelHandlerContext context) {
        ChannelFuture unused = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture unused = context.close();
    }

    private static boolean hasHalves(ChannelHandlerContext context) {
        return context.channel() instanceof DuplexChannel && context.pipeline().get(SslHandler.class) == null;
    }
}
