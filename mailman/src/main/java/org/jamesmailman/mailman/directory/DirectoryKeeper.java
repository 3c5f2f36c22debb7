// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest snapshot of a source, on a daemon thread of its own.
 *
 * <p>The source is asked every so often whether it has changed, and read again if so. When it fails, the last snapshot
 * stays in force; the failure is logged once, tries go on at growing intervals of at most {@link #MAX_PAUSE}, and the
 * recovery is logged too.
 *
 * <p>The snapshot is saved now and then, and when the keeper is closed. A start serves what was saved at once, while
 * the source is read; but until the source has answered for the first time, or has failed to, nobody is refused for it.
 *
 * <p>Known is what the source said when it was read, and again each time that it says that nothing has changed since.
 *
 * <p>Thread-safe. {@link #close} ends the thread and closes the source.
 */
public final class DirectoryKeeper implements Directory, AutoCloseable {
    /** The longest pause between two tries while the source fails, and between two readings of a slow one. */
    static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryKeeper.class);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(5);

    private final DirectorySource source;
    private final Duration refresh;
    private final Duration maxAge;
    private final Optional<SnapshotFile> saved;
    private final Optional<SnapshotSaver> saver;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> somethingKnown = new CompletableFuture<>();
    private volatile Optional<Snapshot> current = Optional.empty();

    /** When the source last said that {@link #current} is how things are. */
    private volatile Instant knownAt = Instant.MIN;

    /** Whether the source has been tried in this run. */
    private volatile boolean tried;

    private volatile boolean failing;

    /** Of the keeper's thread alone. */
    private Duration failurePause;

    private boolean saidTooOld;

    private DirectoryKeeper(
            DirectorySource source, Duration refresh, Duration maxAge, Optional<Path> saved, InstantSource clock) {
        this.source = source;
        this.refresh = refresh;
        this.maxAge = maxAge;
        this.saved = saved.map(file -> new SnapshotFile(file, source.description()));
        this.saver = this.saved.map(SnapshotSaver::new);
        this.clock = clock;
        this.failurePause = refresh;
        this.thread = new Thread(this::run, "james-mailman-directory");
        this.thread.setDaemon(true);
    }

    /**
     * Starts to keep a source, which from now on is the keeper's, to close as well.
     *
     * @param refresh how often the source is asked whether it has changed
     * @param maxAge for how long after the source's last word somebody may be refused for it; zero for ever
     * @param saved the file in which the snapshot is saved for the next start, if it is
     */
    public static DirectoryKeeper start(
            DirectorySource source, Duration refresh, Duration maxAge, Optional<Path> saved) {
        return start(source, refresh, maxAge, saved, InstantSource.system());
    }

    static DirectoryKeeper start(
            DirectorySource source, Duration refresh, Duration maxAge, Optional<Path> saved, InstantSource clock) {
        DirectoryKeeper keeper = new DirectoryKeeper(source, refresh, maxAge, saved, clock);
        keeper.thread.start();
        return keeper;
    }

    /**
     * Waits until something is known: what was saved, or else what the source says.
     *
     * @throws DirectoryException when nothing was saved, and the first attempt to read the source failed or takes
     *     longer than the timeout; the keeper goes on trying
     */
    public void awaitFirstLoad(Duration timeout) throws DirectoryException, InterruptedException {
        try {
            somethingKnown.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DirectoryException failure ? failure : unexpected(e.getCause());
        } catch (TimeoutException e) {
            throw new DirectoryException(
                    "Reading " + source.description() + " takes longer than " + timeout.toSeconds()
                            + " s; see whether it answers.",
                    e);
        }
    }

    @Override
    public Optional<Snapshot> current() {
        return current;
    }

    @Override
    public boolean maySupportRefusals() {
        return tried && !isTooOld();
    }

    private boolean isTooOld() {
        return !maxAge.isZero() && current.isPresent() && age().compareTo(maxAge) > 0;
    }

    /** How long ago the source last said that this is how things are. */
    private Duration age() {
        return Duration.between(knownAt, clock.instant());
    }

    /** Whether the last attempt to read the source, or to ask it for news, failed. */
    boolean isFailing() {
        return failing;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(JOIN_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        saver.ifPresent(SnapshotSaver::close);
    }

    private void run() {
        try {
            readSaved();
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private void readSaved() {
        try {
            Optional<SnapshotFile.Saved> found = saved.isPresent() ? saved.get().read() : Optional.empty();
            found.ifPresent(this::serve);
        } catch (DirectoryException e) {
            LOGGER.warn("{}", e.getMessage());
            LOGGER.debug("In full:", e);
        }
    }

    private void serve(SnapshotFile.Saved found) {
        knownAt = found.knownAt();
        current = Optional.of(found.snapshot());
        LOGGER.info(
                "Until {} has been read, what was saved is served: lists={} as of {}, {} s ago.",
                source.description(),
                found.snapshot().listCount(),
                knownAt,
                age().toSeconds());
        somethingKnown.complete(null);
    }

    /** Reads the source if need be, and says how long to wait before the next time. */
    private Duration attempt() {
        long start = System.nanoTime();
        Instant now = clock.instant();
        try {
            boolean read = failing || !tried || source.hasChanged();
            if (read) {
                current = Optional.of(source.load());
            }
            knownAt = now;
            succeeded(read);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return read ? pauseAfterReading(refresh, took, source.restAfter(took)) : refresh;
        } catch (DirectoryException e) {
            return failed(e);
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            // The thread must outlive whatever a driver or a strange row throws at it: nobody would start it again.
            if (!failing) {
                LOGGER.error("What nobody foresaw, in full:", e);
            }
            return failed(unexpected(e));
        }
    }

    /** What is left of the interval; at least the rest that the source wants, within reason. */
    static Duration pauseAfterReading(Duration refresh, Duration took, Duration rest) {
        return longer(refresh.minus(took), shorter(rest, MAX_PAUSE));
    }

    /** Twice as long from failure to failure, within reason. */
    static Duration nextFailurePause(Duration refresh, Duration pause) {
        return shorter(pause.multipliedBy(2), longer(MAX_PAUSE, refresh));
    }

    private void succeeded(boolean read) {
        if (failing) {
            LOGGER.info("The directory is read again from {}.", source.description());
        } else if (read && LOGGER.isDebugEnabled()) {
            LOGGER.debug(
                    "Read {} lists from {}.", current.map(Snapshot::listCount).orElse(0), source.description());
        }
        failing = false;
        saidTooOld = false;
        failurePause = refresh;
        tried = true;
        somethingKnown.complete(null);
        saver.ifPresent(to -> current.ifPresent(snapshot -> to.offer(snapshot, knownAt)));
    }

    private Duration failed(DirectoryException failure) {
        if (!failing) {
            String inForce = current.map(snapshot -> "what was known at " + knownAt + " stays in force")
                    .orElse("until it can be read, all mail is put off with 451");
            LOGGER.error("{} Tries go on; {}.", failure.getMessage(), inForce);
            LOGGER.debug("The failure in full:", failure);
        }
        failing = true;
        tried = true;
        somethingKnown.completeExceptionally(failure);
        if (!saidTooOld && isTooOld()) {
            saidTooOld = true;
            LOGGER.warn(
                    "What is known of the lists is older than directory.max-age ({} s): until {} can be read, no post is"
                            + " refused, and mail to unknown lists is put off with 451.",
                    maxAge.toSeconds(),
                    source.description());
        }
        Duration pause = failurePause;
        failurePause = nextFailurePause(refresh, pause);
        return pause;
    }

    private DirectoryException unexpected(Throwable cause) {
        return new DirectoryException(
                "Reading " + source.description() + " failed in an unforeseen way (" + cause
                        + "); report this with the log.",
                cause);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
