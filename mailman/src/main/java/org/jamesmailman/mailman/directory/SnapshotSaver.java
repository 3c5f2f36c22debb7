// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jamesmailman.mailman.verdict.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a snapshot now and then, and at the end, on a thread of its own, so that the next one need not wait for the
 * disk. Offered to by one thread; {@link #close} may be called by another.
 */
final class SnapshotSaver implements AutoCloseable {
    /** How often what has changed is saved. A large site's file has some 50 MB. */
    static final Duration INTERVAL = Duration.ofMinutes(5);

    /** How often what has not changed is saved, so that after a crash it does not seem much older than it is. */
    static final Duration UNCHANGED_INTERVAL = Duration.ofHours(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotSaver.class);
    private static final Duration LAST_SAVE_TIMEOUT = Duration.ofSeconds(20);

    private final SnapshotFile file;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "james-mailman-directory-saver");
        made.setDaemon(true);
        return made;
    });

    /** All guarded by this object. */
    private Optional<Version> offered = Optional.empty();

    private Optional<Version> saved = Optional.empty();
    private boolean saving;
    private boolean failing;
    private boolean closed;

    /** @param knownAt when the source last said so */
    private record Version(Snapshot snapshot, Instant knownAt) {}

    SnapshotSaver(SnapshotFile file) {
        this.file = file;
    }

    /** Takes note of the newest snapshot, and begins to save it if it is time to. */
    synchronized void offer(Snapshot snapshot, Instant knownAt) {
        offered = Optional.of(new Version(snapshot, knownAt));
        if (!closed && !saving && isDue(offered.get())) {
            saving = true;
            thread.execute(this::save);
        }
    }

    private boolean isDue(Version version) {
        return saved.map(last -> {
                    Duration interval = last.snapshot().equals(version.snapshot()) ? UNCHANGED_INTERVAL : INTERVAL;
                    return last.knownAt().plus(interval).isBefore(version.knownAt());
                })
                .orElse(true);
    }

    /** Saves what was offered last, unless it is saved already, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed && offered.isPresent() && !offered.equals(saved)) {
                saving = true;
                thread.execute(this::save);
            }
            closed = true;
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_SAVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("The snapshot {} could not be saved in time; the one before stays.", file.path());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save() {
        Version version = newest();
        Optional<String> failure = Optional.empty();
        try {
            file.write((CompactSnapshot) version.snapshot(), version.knownAt());
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("Saving the snapshot failed.", e);
            failure = Optional.of(Objects.toString(e.getMessage(), e.getClass().getSimpleName()));
        }
        done(version, failure);
    }

    private synchronized Version newest() {
        return offered.orElseThrow();
    }

    private synchronized void done(Version version, Optional<String> failure) {
        // A failure is not tried again before it would be time to anyway.
        saved = Optional.of(version);
        saving = false;
        if (failure.isPresent() && !failing) {
            LOGGER.warn(
                    "The snapshot {} cannot be saved ({}), so a start while the lists cannot be read would fail; let the"
                            + " user that James runs as write there, or set directory.snapshot in mailman.properties.",
                    file.path(),
                    Printable.ascii(failure.get(), 200));
        }
        failing = failure.isPresent();
    }
}
