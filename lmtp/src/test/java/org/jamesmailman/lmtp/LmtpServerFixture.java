// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.lmtp.LMTPConfiguration;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.AllButStartTlsLineChannelHandlerFactory;
import org.apache.james.protocols.netty.ChannelHandlerFactory;
import org.apache.james.protocols.netty.NettyServer;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.jamesmailman.lmtp.listener.ListenerException;
import org.jamesmailman.lmtp.listener.MailmanLmtpServers;
import org.jamesmailman.mailman.delivery.Recipients;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.queue.MailmanQueue;
import org.jamesmailman.testing.Await;

/**
 * James's own network server on a free port, with James's session and the handlers of {@link MailmanHandlers} in their
 * order, behind an admin's hooks if there are any; only the mailet container is ours.
 */
final class LmtpServerFixture implements AutoCloseable {
    private final SiteFixture site;
    private final MailProcessor mailets;
    private final List<ProtocolHandler> hooks = new ArrayList<>();
    private final Semaphore disconnections = new Semaphore(0);
    private OtherRecipients otherRecipients = OtherRecipients.REFUSE;
    private long maxSize;
    private long listenerMaxSize;
    private Optional<ChannelHandlerFactory> framer = Optional.empty();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean isJamesOwn = true;
    private Optional<NettyServer> stock = Optional.empty();
    private Optional<MailmanLmtpServers> ours = Optional.empty();

    LmtpServerFixture(SiteFixture site, MailProcessor mailets) {
        this.site = site;
        this.mailets = mailets;
    }

    /** With a {@code handler} of the admin's own, which James puts before the core handlers. */
    LmtpServerFixture withHook(ProtocolHandler hook) {
        hooks.add(hook);
        return this;
    }

    /** With {@code message.max-size}, in octets. */
    LmtpServerFixture withMaxSize(long octets) {
        maxSize = octets;
        return this;
    }

    /** With the listener's own {@code maxmessagesize}, in octets. */
    LmtpServerFixture withListenerMaxSize(long octets) {
        listenerMaxSize = octets;
        return this;
    }

    /** With {@code lmtp.other-recipients=james}. */
    LmtpServerFixture withOtherRecipientsLeftToJames() {
        otherRecipients = OtherRecipients.JAMES;
        return this;
    }

    /** With the splitter of lines that James has where STARTTLS is on: it looks for commands behind STARTTLS. */
    LmtpServerFixture thatLooksForStartTls() {
        isJamesOwn = true;
        framer = Optional.of(new AllButStartTlsLineChannelHandlerFactory(
                "starttls", AbstractChannelPipelineFactory.MAX_LINE_LENGTH));
        return this;
    }

    /** Our own listener instead of James's. */
    LmtpServerFixture withOurListener() {
        isJamesOwn = false;
        return this;
    }

    /** Our own listener, with something else in its {@code mailman-lmtp.xml}. */
    LmtpServerFixture with(String element, Object value) {
        settings.put(element, value.toString());
        return withOurListener();
    }

    LmtpServerFixture start() {
        return isJamesOwn ? startStock() : startOurs();
    }

    private LmtpServerFixture startOurs() {
        List<ProtocolHandler> handlers = new ArrayList<>(hooks);
        handlers.add((DisconnectHandler<ProtocolSession>) session -> disconnections.release());
        BaseHierarchicalConfiguration file = new BaseHierarchicalConfiguration();
        file.addProperty("lmtpserver.bind", "127.0.0.1:0");
        file.addProperty("lmtpserver.jmxName", "test" + System.nanoTime());
        file.addProperty("lmtpserver.helloName", "mx.example.com");
        file.addProperty("lmtpserver.helloName.[@autodetect]", "false");
        file.addProperty("lmtpserver.handlerchain.[@enableJmx]", "false");
        if (listenerMaxSize > 0) {
            throw new IllegalStateException("our listener wants its limit in KiB: use with()");
        }
        settings.forEach((element, value) -> file.addProperty("lmtpserver." + element, value));
        for (int i = 0; i < handlers.size(); i++) {
            file.addProperty("lmtpserver.handlerchain.handler(-1).[@class]", Integer.toString(i));
        }
        ours = Optional.of(new MailmanLmtpServers(loader(handlers), files(), metrics()));
        try {
            ours.get().start(file);
        } catch (ListenerException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Makes handlers as Guice does, but for those of a test, whose class is the number of one. */
    private ProtocolHandlerLoader loader(List<ProtocolHandler> handlers) {
        Map<Class<?>, Object> parts = parts();
        return (name, configuration) ->
                name.matches("[0-9]+") ? handlers.get(Integer.parseInt(name)) : (ProtocolHandler) make(name, parts);
    }

    /** Files below the project's test resources: keystores. */
    private static FileSystem files() {
        return proxy(FileSystem.class, (method, arguments) -> new File((String) arguments[0]));
    }

    private LmtpServerFixture startStock() {
        try {
            ProtocolHandlerChainImpl chain = new ProtocolHandlerChainImpl();
            chain.addAll(hooks);
            chain.addAll(coreHandlers());
            chain.add((DisconnectHandler<ProtocolSession>) session -> disconnections.release());
            chain.wireExtensibleHandlers();
            NettyServer.Factory factory = new NettyServer.Factory().protocol(protocol(chain));
            framer.ifPresent(factory::frameHandlerFactory);
            NettyServer server = factory.build();
            stock = Optional.of(server);
            server.setListenAddresses(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.bind();
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("the server does not start", e);
        }
    }

    /** A client that has read the greeting. */
    RawClient connect() {
        return RawClient.connect(port());
    }

    int port() {
        return stock.map(NettyServer::getListenAddresses)
                .or(() -> ours.map(MailmanLmtpServers::addresses))
                .orElseThrow()
                .get(0)
                .getPort();
    }

    /** A client that has said LHLO. */
    RawClient greeted() {
        RawClient client = connect();
        client.ask("LHLO client.example");
        return client;
    }

    /** Returns when the server has seen one more connection end, and its handlers have been told. */
    void awaitDisconnection() {
        Await.until("a connection to end", disconnections::tryAcquire);
    }

    @Override
    public void close() {
        stock.ifPresent(NettyServer::unbind);
        ours.ifPresent(MailmanLmtpServers::stop);
    }

    private Map<Class<?>, Object> parts() {
        MessageSizeLimit sizeLimit = new MessageSizeLimit(maxSize);
        MessageDelivery delivery =
                new MessageDelivery(new MailetRun(mailets), new Commitment(site.queue()), site.transactions());
        return Map.of(
                MetricFactory.class,
                metrics(),
                MessageSizeLimit.class,
                sizeLimit,
                Recipients.class,
                site.recipients(),
                MailmanQueue.class,
                site.queue(),
                OtherRecipients.class,
                otherRecipients,
                MessageReception.class,
                new MessageReception(sizeLimit, site.transactions(), delivery));
    }

    private List<ProtocolHandler> coreHandlers() {
        Map<Class<?>, Object> parts = parts();
        return new MailmanHandlers()
                .getHandlers().stream()
                        .map(name -> (ProtocolHandler) make(name, parts))
                        .toList();
    }

    /** Makes a handler as Guice does: by its constructor with the most that we can give. */
    private static Object make(String name, Map<Class<?>, Object> parts) {
        try {
            Constructor<?> constructor = Arrays.stream(Class.forName(name).getConstructors())
                    .filter(candidate -> parts.keySet().containsAll(List.of(candidate.getParameterTypes())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no constructor of " + name + " can be served"));
            Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                    .map(parts::get)
                    .toArray();
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Metrics that nobody reads. */
    private static MetricFactory metrics() {
        return proxy(MetricFactory.class, (method, arguments) -> proxy(method.getReturnType(), (inner, none) -> null));
    }

    private static <T> T proxy(Class<T> type, BiFunction<Method, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method, arguments)));
    }

    private SMTPProtocol protocol(ProtocolHandlerChainImpl chain) {
        LMTPConfiguration configuration = new Configuration(listenerMaxSize);
        return new SMTPProtocol(chain, configuration) {
            @Override
            public ProtocolSession newSession(ProtocolTransport transport) {
                // As James's LMTPServer does.
                return new ExtendedSMTPSession(configuration, transport);
            }
        };
    }

    private static final class Configuration extends LMTPConfiguration {
        private final long maxMessageSize;

        Configuration(long maxMessageSize) {
            super("test");
            this.maxMessageSize = maxMessageSize;
        }

        @Override
        public String getHelloName() {
            return "mx.example.com";
        }

        @Override
        public long getMaxMessageSize() {
            return maxMessageSize;
        }

        @Override
        public boolean isPlainAuthEnabled() {
            return false;
        }

        @Override
        public Optional<OidcSASLConfiguration> saslConfiguration() {
            return Optional.empty();
        }
    }
}
