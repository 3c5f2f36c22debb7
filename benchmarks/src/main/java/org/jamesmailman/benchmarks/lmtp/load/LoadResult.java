// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

/**
 * What the load client saw of a window.
 *
 * @param messages that were taken for all their recipients
 * @param refused those that were not
 * @param seconds how long the window was
 * @param p50 milliseconds from the final dot to the last reply, the median; the next two are the 99th and 99.9th
 *     percentiles
 */
public record LoadResult(long messages, long refused, double seconds, double p50, double p99, double p999) {
    /** Reads what {@link #line()} has written. */
    static LoadResult parse(String line) {
        String[] fields = line.split(" ", -1);
        return new LoadResult(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]));
    }

    String line() {
        return messages + " " + refused + " " + seconds + " " + p50 + " " + p99 + " " + p999;
    }
}
