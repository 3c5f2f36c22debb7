// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import com.google.inject.AbstractModule;
import com.google.inject.Inject;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.lmtpserver.netty.LMTPServerFactory;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.utils.GuiceProbe;

/** The LMTP listeners that James and the extension have opened. */
final class LmtpListeners implements GuiceProbe {
    /** Lets {@code getProbe} find it. */
    static final class Module extends AbstractModule {
        @Override
        protected void configure() {
            Multibinder.newSetBinder(binder(), GuiceProbe.class).addBinding().to(LmtpListeners.class);
        }
    }

    private final LMTPServerFactory servers;

    @Inject
    LmtpListeners(LMTPServerFactory servers) {
        this.servers = servers;
    }

    /**
     * Talks to each listener until it takes part in a transaction.
     *
     * @return {@code lmtp=HOST:PORT} for each, with blanks between
     * @throws IOException when there is none, or one does not answer as a server that takes mail does
     */
    String awaitGreetings() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (AbstractConfigurableAsyncServer server : servers.getServers()) {
            for (InetSocketAddress address : server.getListenAddresses()) {
                LmtpGreeting.exchange(address);
                addresses.add(LmtpGreeting.printable(address));
            }
        }
        for (ExtensionListener listener : ExtensionListener.all()) {
            for (String address : listener.addresses()) {
                listener.awaitGreeting(address);
                addresses.add(address);
            }
        }
        if (addresses.isEmpty()) {
            throw new ListenerException(
                    "no LMTP listener is configured: enable an <lmtpserver> in mailman-lmtp.xml or lmtpserver.xml");
        }
        return addresses.stream().map(address -> "lmtp=" + address).collect(Collectors.joining(" "));
    }
}
