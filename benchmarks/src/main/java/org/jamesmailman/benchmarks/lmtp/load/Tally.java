// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

/** What became of the messages of a window. Used by one thread. */
final class Tally {
    private final Window window;
    private final Times times = new Times();
    private long refused;

    Tally(Window window) {
        this.window = window;
    }

    Window window() {
        return window;
    }

    /** A message has been answered. */
    void answered(long sentAt, long answeredAt, boolean isTaken) {
        if (window.contains(answeredAt)) {
            if (isTaken) {
                times.add(answeredAt - sentAt);
            } else {
                refused++;
            }
        }
    }

    void add(Tally other) {
        times.addAll(other.times);
        refused += other.refused;
    }

    /** The counts and times as one line, which {@link LoadResult} reads. */
    LoadResult result() {
        return new LoadResult(
                times.count(),
                refused,
                (window.end() - window.begin()) / 1e9,
                times.percentile(0.5) / 1e6,
                times.percentile(0.99) / 1e6,
                times.percentile(0.999) / 1e6);
    }
}
