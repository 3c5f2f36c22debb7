// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import com.google.inject.Inject;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.lmtpserver.netty.LMTPMetricsImpl;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;

/** The listeners that {@code mailman-lmtp.xml} asks for. Started once and stopped once, by James's own thread. */
public final class MailmanLmtpServers {
    private static final int DEEPEST = 50;

    private final ProtocolHandlerLoader loader;
    private final FileSystem fileSystem;
    private final LMTPMetricsImpl metrics;
    private final List<MailmanLmtpServer> servers = new ArrayList<>();

    @Inject
    public MailmanLmtpServers(ProtocolHandlerLoader loader, FileSystem fileSystem, MetricFactory metricFactory) {
        this.loader = loader;
        this.fileSystem = fileSystem;
        this.metrics = new LMTPMetricsImpl(metricFactory);
    }

    /**
     * Opens the listeners.
     *
     * @param configuration the whole of {@code mailman-lmtp.xml}; empty when there is no such file
     * @throws ListenerException when one is configured wrongly, or cannot be opened
     */
    public void start(HierarchicalConfiguration<ImmutableNode> configuration) throws ListenerException {
        ListenerElements.checkFile(configuration);
        for (HierarchicalConfiguration<ImmutableNode> server : configuration.configurationsAt("lmtpserver")) {
            start(new MailmanLmtpServer(metrics), server);
        }
    }

    private void start(MailmanLmtpServer server, HierarchicalConfiguration<ImmutableNode> configuration)
            throws ListenerException {
        if (!configuration.containsKey("bind")) {
            // James's own default would be all addresses.
            configuration.addProperty("bind", ListenerSettings.DEFAULT_ADDRESS);
        }
        String address = configuration.getString("bind");
        if (configuration.configurationsAt("handlerchain").isEmpty()) {
            // James wants the element, also where there is nothing to say in it.
            configuration.addProperty("handlerchain.[@enableJmx]", false);
        }
        try {
            server.setFileSystem(fileSystem);
            server.setProtocolHandlerLoader(loader);
            server.configure(configuration);
            server.init();
            if (server.isEnabled()) {
                servers.add(server);
            }
        } catch (BindException e) {
            throw new ListenerException(
                    "mailman-lmtp.xml: cannot listen on " + address + " (" + e.getMessage()
                            + "): end the program that has the port, as a listener of lmtpserver.xml, or set another <bind>",
                    e);
        } catch (Exception e) {
            throw new ListenerException(
                    "mailman-lmtp.xml: the listener on " + address + " cannot be started: " + innermost(e), e);
        }
    }

    /** James wraps the file that is missing, or the key that does not fit, several times. */
    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        for (int depth = 0; depth < DEEPEST && innermost.getCause() != null; depth++) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    /** Where the listeners that have been started listen. */
    public List<InetSocketAddress> addresses() {
        return servers.stream()
                .flatMap(server -> server.getListenAddresses().stream())
                .toList();
    }

    /** Ends the listeners: messages in hand are answered first. */
    public void stop() {
        servers.forEach(MailmanLmtpServer::destroy);
        servers.clear();
    }
}
