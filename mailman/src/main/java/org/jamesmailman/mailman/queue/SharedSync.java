// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An fsync that those who need it at the same time share. Who asks is covered by a run that <em>begins after</em> it
 * asked. Some runs may be under way at once, for a file system writes its journal once for all of them, and nobody need
 * wait for a thread to be woken; when there are so many, the next is waited for, by all who ask meanwhile, and one of
 * them does it.
 *
 * <p>A run that fails fails for all whom it covers, for those of the runs beside it, and for those who wait for the
 * next one: the kernel may have taken what they changed into the run that failed, and tells of an error only once, so
 * that another run could succeed without having written it.
 *
 * <p>Thread-safe; has no thread of its own.
 */
final class SharedSync {
    /** What is shared. */
    interface Sync {
        void run() throws IOException;
    }

    private final Sync sync;
    private final int atOnce;
    private final Set<Run> underWay = new HashSet<>();
    private Run next = new Run();

    /** @param atOnce how many runs may be under way */
    SharedSync(Sync sync, int atOnce) {
        this.sync = sync;
        this.atOnce = atOnce;
    }

    /**
     * Returns when a run is over that began after this was called.
     *
     * @throws IOException when it failed
     */
    void await() throws IOException {
        // An interrupt would close the file under the fsync, for all who share it.
        boolean interrupted = Thread.interrupted();
        try {
            Run covering;
            boolean isOurs;
            synchronized (this) {
                covering = next;
                while (!covering.isDone && (covering.hasBegun || underWay.size() >= atOnce)) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                isOurs = !covering.isDone;
                if (isOurs) {
                    covering.hasBegun = true;
                    underWay.add(covering);
                    next = new Run();
                }
            }
            // Who is woken and interrupted at the same time may be told of the waking alone (JLS 17.2.4).
            interrupted |= Thread.interrupted();
            if (isOurs) {
                lead(covering);
            }
            covering.check();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void lead(Run run) {
        Optional<Exception> failure = Optional.empty();
        try {
            sync.run();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            finish(run, failure);
        }
    }

    private synchronized void finish(Run run, Optional<Exception> failure) {
        underWay.remove(run);
        run.isDone = true;
        if (failure.isPresent()) {
            run.failure = failure;
            underWay.forEach(beside -> beside.failure = failure);
            next.failure = failure;
            next.isDone = true;
            next = new Run();
        }
        notifyAll();
    }

    /** One fsync, of the past or to come. */
    private static final class Run {
        private boolean hasBegun;
        private boolean isDone;
        private Optional<Exception> failure = Optional.empty();

        private void check() throws IOException {
            if (failure.isPresent()) {
                throw new IOException(FileErrors.reason(failure.get()), failure.get());
            }
        }
    }
}
