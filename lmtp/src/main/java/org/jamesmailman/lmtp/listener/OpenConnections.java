// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The connections that are open, so that they can be ended in order. Thread-safe. */
final class OpenConnections {
    private final Set<LmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosing;

    void add(LmtpConnection connection) {
        connections.add(connection);
        if (isClosing) {
            connection.shutDown();
        }
    }

    void remove(LmtpConnection connection) {
        connections.remove(connection);
        if (isClosing) {
            signal();
        }
    }

    private synchronized void signal() {
        notifyAll();
    }

    /** Opens for connections, again. */
    void open() {
        isClosing = false;
    }

    /**
     * Tells each client that the server shuts down, those with a message in hand after they have been answered, and
     * waits until all are gone.
     *
     * @return how many are not gone when the patience is at its end
     */
    synchronized int shutDown(Duration patience) throws InterruptedException {
        isClosing = true;
        connections.forEach(LmtpConnection::shutDown);
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (!connections.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        return connections.size();
    }
}
