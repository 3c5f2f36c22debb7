// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts a listener's connections, in all and of each client address: those that are served, and apart from them those
 * that are turned away and not gone yet. Thread-safe.
 */
final class ConnectionLimits {
    /** How many clients that are turned away may take their time to read why. */
    private static final int MAX_LINGERING = 100;

    private final int limit;
    private final int limitPerAddress;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger lingering = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    /** @param limit 0 for none, and so for {@code limitPerAddress} */
    ConnectionLimits(int limit, int limitPerAddress) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
    }

    /** Counts a connection, if there is room for it. */
    boolean enter() {
        return enter(connections, limit);
    }

    private static boolean enter(AtomicInteger counter, int most) {
        return most <= 0 || counter.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    /** Counts it no more. */
    void leave() {
        if (limit > 0) {
            connections.decrementAndGet();
        }
    }

    /** Counts a connection of a client, if there is room for it. */
    boolean enter(InetAddress client) {
        if (limitPerAddress <= 0) {
            return true;
        }
        AtomicBoolean hasRoom = new AtomicBoolean();
        perAddress.compute(client, (address, before) -> {
            int count = before == null ? 0 : before;
            hasRoom.set(count < limitPerAddress);
            return Math.min(count + 1, limitPerAddress);
        });
        return hasRoom.get();
    }

    /** Counts it no more. */
    void leave(InetAddress client) {
        if (limitPerAddress > 0) {
            perAddress.computeIfPresent(client, (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Counts a client that is turned away, if it may take its time. */
    boolean linger() {
        return enter(lingering, MAX_LINGERING);
    }

    /** Counts it no more. */
    void lingered() {
        lingering.decrementAndGet();
    }
}
