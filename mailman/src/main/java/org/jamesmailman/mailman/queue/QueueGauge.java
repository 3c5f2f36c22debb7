// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a queue directory takes more mail: not when its disk is nearly full, when Mailman does not work it off,
 * or when the last attempt found no room. It has itself measured when it is asked, at most once a second and for at
 * most a twentieth of the time, and does not wait for that; between measurements it counts what is added. What is
 * closed opens again with some room to spare, so that it does not open and close by turns. Thread-safe.
 */
final class QueueGauge {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueGauge.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int TIMES_ITS_COST = 20;

    /** By what part it must be better for the directory to open again. */
    private static final int TO_SPARE = 10;

    private final Path directory;
    private final QueueLimits limits;
    private final QueueFileSystem files;
    private final LongSupplier nanoTime;
    private final Executor background;
    private final AtomicBoolean isBeingMeasured = new AtomicBoolean();
    private final AtomicInteger entries = new AtomicInteger();
    private volatile Optional<String> closedBy = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private volatile long due;

    /**
     * @param nanoTime as of {@link System#nanoTime}
     * @param background where to measure: it takes the time of a directory's listing
     */
    QueueGauge(Path directory, QueueLimits limits, QueueFileSystem files, LongSupplier nanoTime, Executor background) {
        this.directory = directory;
        this.limits = limits;
        this.files = files;
        this.nanoTime = nanoTime;
        this.background = background;
        this.due = nanoTime.getAsLong();
    }

    /** Why no mail is taken; empty when it is. */
    Optional<String> refusal() {
        if (nanoTime.getAsLong() - due >= 0 && isBeingMeasured.compareAndSet(false, true)) {
            background.execute(this::measure);
        }
        return failure.or(() -> closedBy);
    }

    /** Entries have been committed. */
    void added(int count) {
        int now = entries.addAndGet(count);
        if (closedBy.isEmpty() && limits.highWater() > 0 && now >= limits.highWater()) {
            decide(tooMany(now));
        }
    }

    /** One found no room: until the next measurement nobody else need try. */
    void failed(QueueException e) {
        failure = Optional.of(e.getMessage());
    }

    private void measure() {
        long start = nanoTime.getAsLong();
        failure = Optional.empty();
        try {
            decide(reason());
        } catch (IOException | RuntimeException e) {
            // The next attempt to put mail there tells what is wrong.
            decide(Optional.empty());
        }
        long end = nanoTime.getAsLong();
        due = end + Math.max(INTERVAL_NANOS, TIMES_ITS_COST * (end - start));
        isBeingMeasured.set(false);
    }

    private Optional<String> reason() throws IOException {
        boolean wasClosed = closedBy.isPresent();
        long free = files.usableSpace(directory);
        long floor = limits.minFree() + (wasClosed ? limits.minFree() / TO_SPARE : 0);
        if (free < floor) {
            return Optional.of(free + " octets are free on its disk, and queue.min-free is " + limits.minFree());
        }
        if (limits.highWater() == 0) {
            return Optional.empty();
        }
        int ceiling = limits.highWater() - (wasClosed ? limits.highWater() / TO_SPARE : 0);
        int count = files.count(directory, MailmanQueue.EXTENSION);
        entries.set(count);
        return count >= ceiling ? tooMany(count) : Optional.empty();
    }

    private Optional<String> tooMany(int count) {
        return Optional.of(count + " entries wait in it, and queue.high-water is " + limits.highWater());
    }

    private synchronized void decide(Optional<String> reason) {
        boolean wasClosed = closedBy.isPresent();
        closedBy = reason;
        if (reason.isPresent() && !wasClosed) {
            LOGGER.warn("The queue directory {} takes no mail: {}", directory, reason.get());
        } else if (reason.isEmpty() && wasClosed) {
            LOGGER.info("The queue directory {} takes mail again", directory);
        }
    }
}
