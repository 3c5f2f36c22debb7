// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.time.Duration;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Workload;

/** Something that takes mail, running, to be measured again and again. Used by one thread. */
public interface Side extends AutoCloseable {
    /** What it is called in tables and plots. */
    String name();

    /** How long it is under load before it is measured, and how long it is measured. */
    record Span(Duration warmUp, Duration measured) {}

    /** Measures it once; what it stored before is deleted first. */
    Measurement measure(Workload workload, Span span);

    /** What it has stored since it was measured last, and has not lost: messages' files, not messages. */
    long stored();

    @Override
    void close();
}
