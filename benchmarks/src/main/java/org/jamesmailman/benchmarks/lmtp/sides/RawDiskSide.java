// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Workload;
import org.jamesmailman.benchmarks.lmtp.load.LoadOrder;
import org.jamesmailman.benchmarks.lmtp.load.LoadProcess;
import org.jamesmailman.testing.TemporaryFolder;

/** No server at all: a plain loop that writes the same octets to the same disk, as durably. */
final class RawDiskSide implements Side {
    private final LoadProcess load;
    private final TemporaryFolder folder = TemporaryFolder.create("rawdisk");
    private final StoredFiles files = new StoredFiles(folder.path(), file -> true);

    RawDiskSide(LoadProcess load) {
        this.load = load;
    }

    @Override
    public String name() {
        return "raw disk";
    }

    @Override
    public Measurement measure(Workload workload, Span span) {
        files.delete();
        LoadOrder order = new LoadOrder(
                folder.path().toString(),
                workload.sessions(),
                true,
                workload.size(),
                workload.recipients(),
                0,
                0,
                span.warmUp().toMillis(),
                span.measured().toMillis());
        return Measurements.of(load.run(order, load::cpuNanos), Double.NaN);
    }

    @Override
    public long stored() {
        return files.count();
    }

    @Override
    public void close() {
        folder.close();
    }
}
