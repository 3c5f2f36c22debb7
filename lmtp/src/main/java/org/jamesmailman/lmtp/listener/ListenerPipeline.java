// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;

/**
 * What the octets of a new connection go through: PROXY header and TLS, where they are asked for, then the connection.
 *
 * <p>James's own pipeline hands each line from one thread to another and back (3.8), or ties a connection to a thread
 * that waits for the disk (3.9). Thread-safe.
 */
@ChannelHandler.Sharable
final class ListenerPipeline extends AbstractChannelPipelineFactory<SocketChannel> {
    private final Listener listener;
    private final boolean proxyFirst;

    /** @param proxyFirst whether the PROXY header comes before TLS begins */
    ListenerPipeline(Listener listener, boolean proxyFirst) {
        super(pipeline -> new ChannelInboundHandlerAdapter(), null);
        this.listener = listener;
        this.proxyFirst = proxyFirst;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (listener.proxyRequired()) {
            pipeline.addLast(HandlerConstants.PROXY_HANDLER, new HAProxyMessageDecoder());
        }
        Encryption encryption = listener.encryption().get();
        if (encryption != null && !encryption.isStartTLS()) {
            if (proxyFirst) {
                pipeline.addLast(HandlerConstants.SSL_HANDLER, encryption.sslHandler());
            } else {
                pipeline.addFirst(HandlerConstants.SSL_HANDLER, encryption.sslHandler());
            }
        }
        // By this name James's sessions find whom to give a LineHandler.
        pipeline.addLast(HandlerConstants.CORE_HANDLER, createHandler());
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        return new LmtpConnection(listener);
    }
}
