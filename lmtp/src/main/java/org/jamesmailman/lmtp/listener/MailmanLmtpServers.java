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
        for (HierarchicalConfiguration<ImmutableNode> server : configuration.configurationsAt("lmtpserver")) {
            start(new MailmanLmtpServer(metrics), server);
        }
    }

    private void start(MailmanLmtpServer server, HierarchicalConfiguration<ImmutableNode> configuration)
            throws ListenerException {
        String address = configuration.getString("bind", "0.0.0.0:" + server.getDefaultPort());
        try {
            server.setFileSystem(fileSystem);
            server.setProtocolHandlerLoader(loader);
            server.configure(configuration);
            server.init();
            servers.add(server);
        } catch (BindException e) {
            throw new ListenerException(
                    "mailman-lmtp.xml: cannot listen on " + address + " (" + e.getMessage()
                            + "): end the program that has the port, as a listener of lmtpserver.xml, or set another <bind>",
                    e);
        } catch (Exception e) {
            throw new ListenerException("mailman-lmtp.xml: the listener on " + address + " cannot be started: " + e, e);
        }
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
