// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all messages together may take while they are worked on. Thread-safe. */
public final class MemoryBudget {
    /** The mailets, the lists and the connections need the rest. */
    private static final int SHARE_OF_HEAP = 4;

    private final AtomicLong left;

    /** @param octets that may be taken */
    public MemoryBudget(long octets) {
        left = new AtomicLong(octets);
    }

    /** A quarter of the largest heap that Java may have. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Takes memory; false when there is not so much left. */
    boolean take(int octets) {
        long before = left.getAndUpdate(had -> had >= octets ? had - octets : had);
        return before >= octets;
    }

    /** Gives back what was taken. */
    void give(int octets) {
        left.addAndGet(octets);
    }
}
