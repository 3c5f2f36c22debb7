// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.load.LoadProcess;
import org.jamesmailman.benchmarks.lmtp.load.LoadResult;

/** Makes measurements of what the load client saw. */
final class Measurements {
    private static final double NANOS_PER_MILLI = 1e6;

    private Measurements() {}

    static Measurement of(LoadProcess.Metered metered, double memoryMib) {
        LoadResult result = metered.result();
        return new Measurement(
                result.messages() / result.seconds(),
                result.refused(),
                result.p50(),
                result.p99(),
                result.p999(),
                metered.metered() / NANOS_PER_MILLI / result.messages(),
                memoryMib);
    }
}
