// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for programs that cannot be told to take any free one. Stateless.
 *
 * <p>The ports lie below those that Linux gives to outgoing connections ({@code ip_local_port_range}), so that none is
 * taken by somebody's connection between our look and the program's start.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePorts() {}

    /** A TCP port of 127.0.0.1 that nobody listens on. */
    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free TCP port between " + FIRST + " and " + END + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
