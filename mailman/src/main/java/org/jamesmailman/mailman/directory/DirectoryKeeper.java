// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Duration;
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
 * <p>The source is asked every so often whether it has changed, and read again if so. Between two readings there is at
 * least as much time as a reading takes, so that a large source that changes all the time costs at most half a
 * processor. When the source fails, the last snapshot stays in force; the failure is logged once, tries go on at
 * growing intervals of at most {@link #MAX_PAUSE}, and the recovery is logged too.
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
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private volatile Optional<Snapshot> current = Optional.empty();

    private volatile boolean failing;

    /** Of the keeper's thread alone. */
    private Duration failurePause;

    private DirectoryKeeper(DirectorySource source, Duration refresh) {
        this.source = source;
        this.refresh = refresh;
        this.failurePause = refresh;
        this.thread = new Thread(this::run, "james-mailman-directory");
        this.thread.setDaemon(true);
    }

    /**
     * Starts to keep a source, which from now on is the keeper's, to close as well.
     *
     * @param refresh how often the source is asked whether it has changed
     */
    public static DirectoryKeeper start(DirectorySource source, Duration refresh) {
        DirectoryKeeper keeper = new DirectoryKeeper(source, refresh);
        keeper.thread.start();
        return keeper;
    }

    /**
     * Waits for the first attempt to read the source.
     *
     * @throws DirectoryException when that attempt failed or takes longer than the timeout; the keeper goes on trying
     */
    public void awaitFirstLoad(Duration timeout) throws DirectoryException, InterruptedException {
        try {
            firstAttempt.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
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
    }

    private void run() {
        try {
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

    /** Reads the source if need be, and says how long to wait before the next time. */
    private Duration attempt() {
        long start = System.nanoTime();
        try {
            boolean read = failing || current.isEmpty() || source.hasChanged();
            if (read) {
                current = Optional.of(source.load());
            }
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
        failurePause = refresh;
        firstAttempt.complete(null);
    }

    private Duration failed(DirectoryException failure) {
        if (!failing) {
            String inForce = current.map(snapshot -> "what was read at " + snapshot.takenAt() + " stays in force")
                    .orElse("until it can be read, all mail is put off with 451");
            LOGGER.error("{} Tries go on; {}.", failure.getMessage(), inForce);
            LOGGER.debug("The failure in full:", failure);
        }
        failing = true;
        firstAttempt.completeExceptionally(failure);
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
