// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

/**
 * When to measure, by {@link System#nanoTime()}: what ends before it has begun is warm-up, and nothing is begun after
 * it. Immutable.
 */
record Window(long begin, long end) {
    static Window in(long warmUpNanos, long measuredNanos) {
        long begin = System.nanoTime() + warmUpNanos;
        return new Window(begin, begin + measuredNanos);
    }

    boolean contains(long moment) {
        return moment - begin >= 0 && moment - end < 0;
    }

    boolean isOverAt(long moment) {
        return moment - end >= 0;
    }

    boolean hasBegunAt(long moment) {
        return moment - begin >= 0;
    }
}
