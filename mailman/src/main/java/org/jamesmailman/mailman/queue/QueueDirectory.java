// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One directory of Mailman's queue, as this process works in it: under a mark of its own, so that another server on the
 * same queue can tell its files from those of a dead one. Thread-safe.
 */
final class QueueDirectory implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueDirectory.class);

    private static final int SYNCS_AT_ONCE = 8;

    private final Path path;
    private final QueueFileSystem files;
    private final Duration window;
    private final InstantSource clock;
    private final SharedSync names;
    private final QueueGauge gauge;
    private Optional<Tenancy> tenancy = Optional.empty();

    QueueDirectory(Path path, QueueFileSystem files, QueueLimits limits, InstantSource clock, Executor background) {
        this.path = path;
        this.files = files;
        this.window = limits.retransmitWindow();
        this.clock = clock;
        this.names = new SharedSync(() -> files.syncDirectory(path), SYNCS_AT_ONCE);
        this.gauge = new QueueGauge(path, limits, files, System::nanoTime, background);
    }

    /**
     * Moves in, and clears away what dead processes have left.
     *
     * @return what has been committed here, as far as that is known; it is on the disk
     * @throws IOException when this process cannot make files here
     */
    synchronized Set<EntryName> open(FileAccess access) throws IOException {
        moveIn(files.identity(path), access);
        // A process that was killed between a rename and the fsync has left that to us; and what is found to be
        // committed is written down for good, so it must be on the disk before.
        files.syncDirectory(path);
        return new Sweep(path, files, clock.instant().minus(window)).run();
    }

    /**
     * Brings onto the disk what files have been renamed to, together with who asks for it at the same time.
     *
     * @throws IOException when that fails, or when the directory has been replaced since this process moved into it
     */
    void sync(Tenancy since) throws IOException {
        names.await();
        check(since);
    }

    /** @throws IOException when the directory has been replaced by another since this process moved into it */
    void check(Tenancy since) throws IOException {
        if (!files.identity(path).equals(since.identity())) {
            throw new IOException("the directory has been replaced by another");
        }
    }

    QueueGauge gauge() {
        return gauge;
    }

    Path path() {
        return path;
    }

    /**
     * What this process may make files by now. When the directory has been replaced by another, by hand or by a mount,
     * this process moves into that one: what another process thinks of our files hangs on a file that lies beside them.
     *
     * @throws IOException when the directory is gone, or files cannot be made in it that Mailman could work with
     */
    synchronized Tenancy tenancy() throws IOException {
        Object identity = files.identity(path);
        if (tenancy.isEmpty() || !tenancy.get().identity().equals(identity)) {
            try {
                moveIn(identity, new QueueDirectoryCheck(path).run());
            } catch (QueueSetupException e) {
                throw new IOException(e.getMessage(), e);
            }
            LOGGER.warn("The queue directory {} has been replaced; mail goes into the new one", path);
        }
        return tenancy.get();
    }

    @Override
    public synchronized void close() throws IOException {
        if (tenancy.isPresent()) {
            tenancy.get().close();
            tenancy = Optional.empty();
        }
    }

    private void moveIn(Object identity, FileAccess access) throws IOException {
        ProcessMark mark = ProcessMark.make(path, access, files);
        Optional<Journal> journal = window.isZero()
                ? Optional.empty()
                : Optional.of(new Journal(path, mark.token(), identity, access, files, window, clock));
        if (tenancy.isPresent()) {
            tenancy.get().close();
        }
        tenancy = Optional.of(new Tenancy(identity, access, mark, journal));
    }

    /**
     * This process in the directory.
     *
     * @param identity of the directory, see {@link QueueFileSystem#identity}
     * @param access how files are made here
     * @param mark what tells our files from others
     * @param journal tells the next process what this one has committed, unless nobody wants to know
     */
    record Tenancy(Object identity, FileAccess access, ProcessMark mark, Optional<Journal> journal)
            implements Closeable {
        @Override
        public void close() throws IOException {
            journal.ifPresent(Journal::close);
            mark.close();
        }
    }
}
