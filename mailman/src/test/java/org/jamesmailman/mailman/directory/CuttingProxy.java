// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between us and a server on this machine, and cuts a connection in the middle of an answer. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    CuttingProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Lets so many octets of answers pass from now on, and then none. */
    void cutAfter(long octets) {
        left.set(octets);
    }

    /** How many octets have passed since {@link #cutAfter}. */
    long passed(long octets) {
        return octets - left.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                start(() -> pump(client, server, new AtomicLong(Long.MAX_VALUE)));
                start(() -> pump(server, client, left));
            } catch (IOException e) {
                // Closed; or the server is away, which the client notices.
            }
        }
    }

    private static void pump(Socket from, Socket to, AtomicLong allowance) {
        byte[] octets = new byte[512];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                if (allowance.addAndGet(-count) < 0) {
                    return;
                }
                out.write(octets, 0, count);
            }
        } catch (IOException e) {
            // One of them has gone: so does the other.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
