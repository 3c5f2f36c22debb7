// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a listener's connections, in all and of each client address. Thread-safe. */
final class ConnectionLimits {
    private final int limit;
    private final int limitPerAddress;
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    /** @param limit 0 for none, and so for {@code limitPerAddress} */
    ConnectionLimits(int limit, int limitPerAddress) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
    }

    /** Counts a connection, whether there is room for it or not. */
    boolean enter() {
        int count = connections.incrementAndGet();
        return limit <= 0 || count <= limit;
    }

    /** Counts it no more. */
    void leave() {
        connections.decrementAndGet();
    }

    /** Counts a connection of a client, whether there is room for it or not. */
    boolean enter(InetAddress client) {
        return limitPerAddress <= 0 || perAddress.merge(client, 1, Integer::sum) <= limitPerAddress;
    }

    /** Counts it no more. */
    void leave(InetAddress client) {
        if (limitPerAddress > 0) {
            perAddress.computeIfPresent(client, (address, count) -> count > 1 ? count - 1 : null);
        }
    }
}
