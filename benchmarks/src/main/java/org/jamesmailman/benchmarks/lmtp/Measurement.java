// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

/**
 * What one side did in one window.
 *
 * @param rate messages a second, taken for all their recipients
 * @param refused messages that were not
 * @param p50 milliseconds from the final dot to the last reply, the median; the next two are the 99th and 99.9th
 *     percentiles
 * @param cpuMillis processor time of all the side's processes for a message; NaN where it is not measured
 * @param memoryMib what the side's processes hold of the machine's memory at the end; NaN where it is not measured
 */
public record Measurement(
        double rate, long refused, double p50, double p99, double p999, double cpuMillis, double memoryMib) {}
