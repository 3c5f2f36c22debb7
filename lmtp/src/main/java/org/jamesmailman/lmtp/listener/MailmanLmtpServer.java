// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.lmtpserver.netty.LMTPMetricsImpl;
import org.apache.james.lmtpserver.netty.LMTPServer;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.NettyProtocolTransport;
import org.jamesmailman.lmtp.MailmanHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * James's LMTP server with connections of our own. Address, TLS, handlers and JMX are James's; how octets become
 * commands and messages, and on which threads, is ours.
 *
 * <p>James starts it by {@code init()} and ends it by {@code destroy()}, each once; thread-safe in between.
 */
final class MailmanLmtpServer extends LMTPServer {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailmanLmtpServer.class);

    private final LMTPMetricsImpl metrics;
    private final OpenConnections connections = new OpenConnections();
    private final ChannelGroup listeningChannels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private ListenerSettings settings;
    private DeliveryThreads deliveries;

    MailmanLmtpServer(LMTPMetricsImpl metrics) {
        super(metrics);
        this.metrics = metrics;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        settings = ListenerSettings.of(configuration);
    }

    @Override
    public int getDefaultPort() {
        return ListenerSettings.DEFAULT_PORT;
    }

    @Override
    public String getServiceType() {
        return "LMTP Service for Mailman";
    }

    @Override
    protected String getDefaultJMXName() {
        return ListenerSettings.DEFAULT_JMX_NAME;
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return MailmanHandlers.class;
    }

    @Override
    protected void preInit() throws Exception {
        super.preInit();
        deliveries = new DeliveryThreads(jmxName + "-delivery", settings.deliveryThreads(), settings.messageQueue());
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        Configuration configuration = new Configuration();
        Listener listener = new Listener(
                Listener.Handlers.of(getProtocolHandlerChain()),
                channel -> new ListenerSession(
                        configuration, new NettyProtocolTransport(channel, getEncryption(), settings.proxyRequired())),
                this::getEncryption,
                new ConnectionLimits(connectionLimit, connPerIP),
                new ConnectionLog(),
                connections,
                deliveries,
                metrics,
                settings.proxyRequired(),
                settings.timeout(),
                settings.messageTimeout());
        return new ListenerPipeline(listener, settings.proxyFirst());
    }

    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        bootstrap.handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                listeningChannels.add(channel);
            }
        });
    }

    @Override
    public synchronized void bind() throws Exception {
        connections.open();
        super.bind();
    }

    /** Takes no new connections, lets those that are there end in order, and closes what is left after a while. */
    @Override
    public synchronized void unbind() {
        if (isBound()) {
            listeningChannels.close().awaitUninterruptibly();
            awaitConnections();
            // James would wait for its threads to be quiet, two seconds at the least; there is nothing left to wait
            // for.
            setGracefulShutdown(false);
        }
        super.unbind();
    }

    private void awaitConnections() {
        try {
            int left = connections.shutDown(settings.shutdownTimeout());
            if (left > 0) {
                LOGGER.warn(
                        "{} LMTP connections are not done {} s after the stop began: they are closed",
                        left,
                        settings.shutdownTimeout().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void postDestroy() {
        deliveries.stop();
        super.postDestroy();
    }

    /** As James's, but without a look-up of the name. */
    @Override
    public String[] getBoundAddresses() {
        return getListenAddresses().stream().map(MailmanLmtpServer::printable).toArray(String[]::new);
    }

    private static String printable(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** {@code plain} where a client may speak LMTP at once. */
    @Override
    public String getSocketType() {
        return settings.proxyRequired() ? "proxied" : super.getSocketType();
    }

    /** What sessions know of the server. */
    private final class Configuration extends LMTPConfigurationImpl {
        @Override
        public String getGreeting() {
            return settings.greeting()
                    .map(text -> getHelloName() + " LMTP " + text)
                    .orElse(null);
        }
    }
}
