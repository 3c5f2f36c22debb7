// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;

/**
 * A listener that the extension has opened. Its class is not ours to see, for the extension has a class loader of its
 * own; but it is a server of James's, and as such has an MBean.
 *
 * @param addresses as {@code HOST:PORT}
 * @param isPlain whether a client may speak LMTP to it at once, with neither TLS nor a proxy before it
 */
record ExtensionListener(List<String> addresses, boolean isPlain) {
    private static final String SERVERS_OF_JAMES = "org.apache.james:type=server,*";
    private static final String PACKAGE_OF_EXTENSION = "org.jamesmailman.";

    static List<ExtensionListener> all() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            List<ExtensionListener> listeners = new ArrayList<>();
            for (ObjectInstance bean : beans.queryMBeans(new ObjectName(SERVERS_OF_JAMES), null)) {
                if (bean.getClassName().startsWith(PACKAGE_OF_EXTENSION)) {
                    listeners.add(new ExtensionListener(
                            List.of((String[]) beans.getAttribute(bean.getObjectName(), "BoundAddresses")),
                            "plain".equals(beans.getAttribute(bean.getObjectName(), "SocketType"))));
                }
            }
            return listeners;
        } catch (JMException e) {
            throw new IllegalStateException("the listeners of the extension cannot be asked for their addresses", e);
        }
    }

    /** @throws IOException when it does not answer as a server that takes mail does */
    void awaitGreeting(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        InetSocketAddress listener = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        if (isPlain) {
            LmtpGreeting.exchange(listener);
        } else {
            LmtpGreeting.connect(listener);
        }
    }
}
