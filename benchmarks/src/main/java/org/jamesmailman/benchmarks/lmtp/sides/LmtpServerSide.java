// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.util.Optional;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Workload;
import org.jamesmailman.benchmarks.lmtp.load.LoadOrder;
import org.jamesmailman.benchmarks.lmtp.load.LoadProcess;

/** A side that speaks LMTP. */
final class LmtpServerSide implements Side {
    private final String name;
    private final LoadProcess load;
    private final RunningServer server;
    private final int lists;

    LmtpServerSide(String name, LoadProcess load, RunningServer server, int lists) {
        this.name = name;
        this.load = load;
        this.server = server;
        this.lists = lists;
    }

    /**
     * An LMTP server that has been started.
     *
     * @param port on 127.0.0.1
     * @param cost of its process and their children
     * @param stored where it keeps messages, if it does
     * @param end ends it
     */
    record RunningServer(int port, ProcessCost cost, Optional<StoredFiles> stored, Runnable end) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measurement measure(Workload workload, Span span) {
        server.stored().ifPresent(StoredFiles::delete);
        LoadOrder order = new LoadOrder(
                Integer.toString(server.port()),
                workload.sessions(),
                workload.keepsConnections(),
                workload.size(),
                workload.recipients(),
                lists,
                Sites.MEMBERS_OF_EACH,
                span.warmUp().toMillis(),
                span.measured().toMillis());
        LoadProcess.Metered metered;
        try {
            metered = load.run(order, server.cost()::cpuNanos);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(name + ", " + workload.words() + ": " + e.getMessage(), e);
        }
        return Measurements.of(metered, server.cost().memoryMib());
    }

    @Override
    public long stored() {
        return server.stored().map(StoredFiles::count).orElse(0L);
    }

    @Override
    public void close() {
        server.end().run();
    }
}
