// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.james.protocols.api.ProxyInformation;

/** The header of the PROXY protocol, version 1 or 2. */
final class ProxyHeader {
    private ProxyHeader() {}

    /** Whose connection it is; empty when it is the proxy's own, as for a check of its health, or from elsewhere. */
    static Optional<ProxyInformation> read(HAProxyMessage header) {
        HAProxyProxiedProtocol protocol = header.proxiedProtocol();
        boolean isTcp = protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
        if (header.command() != HAProxyCommand.PROXY || !isTcp) {
            return Optional.empty();
        }
        return Optional.of(new ProxyInformation(
                new InetSocketAddress(header.sourceAddress(), header.sourcePort()),
                new InetSocketAddress(header.destinationAddress(), header.destinationPort())));
    }
}
