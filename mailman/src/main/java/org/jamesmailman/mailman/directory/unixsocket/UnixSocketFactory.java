// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.unixsocket;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Lets pgjdbc, which knows TCP only, connect to a Unix socket. Public, and with this constructor, because pgjdbc makes
 * it by its name ({@code socketFactory}).
 */
public final class UnixSocketFactory extends SocketFactory {
    private final String path;

    /** @param path the socket's file, {@code socketFactoryArg} */
    public UnixSocketFactory(String path) {
        this.path = path;
    }

    @Override
    public Socket createSocket() {
        return new UnixSocket(path);
    }

    @Override
    public Socket createSocket(String host, int port) throws SocketException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws SocketException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws SocketException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws SocketException {
        throw onlyUnconnected();
    }

    private static SocketException onlyUnconnected() {
        return new SocketException("makes unconnected sockets only");
    }
}
