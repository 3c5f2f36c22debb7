// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.message.HeapMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueGaugeTest {
    private static final int HIGH_WATER = 100;
    private static final long MIN_FREE = 1_000;
    private static final QueueLimits LIMITS = new QueueLimits(Duration.ofHours(1), HIGH_WATER, MIN_FREE);
    private static final Destination POSTS = new Destination("ant.example.com", "ant@example.com", Optional.empty());
    private static final Destination BOUNCES =
            new Destination("ant.example.com", "ant@example.com", Optional.of(Subaddress.BOUNCES));

    @TempDir
    Path root;

    private long nanos;
    private long free = 10 * MIN_FREE;
    private int count;
    private int measurements;
    private boolean isBroken;
    private final Disk disk = new Disk();
    private final QueueGauge gauge = new QueueGauge(Path.of("/queue/in"), LIMITS, disk, () -> nanos, Runnable::run);

    @Test
    void isOpenAtFirst() {
        assertThat(gauge.refusal()).isEmpty();
    }

    @Test
    void closesAtTheHighWaterMarkAndOpensWellBelow() {
        count = HIGH_WATER - 1;
        assertThat(later()).isEmpty();
        count = HIGH_WATER;
        assertThat(later()).contains("100 entries wait in it, and queue.high-water is 100");
        count = HIGH_WATER - 5;
        assertThat(later()).isPresent();
        count = HIGH_WATER - HIGH_WATER / 10 - 1;
        assertThat(later()).isEmpty();
        count = HIGH_WATER - 5;
        assertThat(later()).as("on the way up").isEmpty();
    }

    @Test
    void closesWhenTheDiskIsNearlyFullAndOpensWithSomeRoomToSpare() {
        free = MIN_FREE;
        assertThat(later()).isEmpty();
        free = MIN_FREE - 1;
        assertThat(later()).contains("999 octets are free on its disk, and queue.min-free is 1000");
        free = MIN_FREE + MIN_FREE / 10 - 1;
        assertThat(later()).isPresent();
        free = MIN_FREE + MIN_FREE / 10;
        assertThat(later()).isEmpty();
    }

    @Test
    void countsWhatIsAddedBetweenMeasurements() {
        count = 90;
        assertThat(gauge.refusal()).isEmpty();
        gauge.added(9);
        assertThat(gauge.refusal()).isEmpty();
        gauge.added(1);
        assertThat(gauge.refusal()).isPresent();
        count = 10;
        assertThat(later()).isEmpty();
    }

    @Test
    void measuresOnceASecondHoweverOftenItIsAsked() {
        for (int i = 0; i < 1_000; i++) {
            nanos += Duration.ofMillis(10).toNanos();
            assertThat(gauge.refusal()).isEmpty();
        }
        assertThat(measurements).isEqualTo(10);
    }

    @Test
    void measuresForASmallPartOfTheTimeOnly() {
        disk.cost = Duration.ofMillis(500).toNanos();
        for (int i = 0; i < 100; i++) {
            nanos += Duration.ofSeconds(1).toNanos();
            assertThat(gauge.refusal()).isEmpty();
        }
        assertThat(measurements).isLessThanOrEqualTo(10);
    }

    @Test
    void isClosedAfterAFailureForWantOfRoomUntilTheNextMeasurement() {
        assertThat(gauge.refusal()).isEmpty();
        gauge.failed(QueueException.of("cannot write /queue/in/x", new IOException("No space left on device")));
        assertThat(gauge.refusal()).contains("cannot write /queue/in/x: No space left on device");
        assertThat(later()).isEmpty();
    }

    @Test
    void leavesItToTheNextAttemptToTellWhyItCannotMeasure() {
        count = HIGH_WATER;
        assertThat(later()).isPresent();
        isBroken = true;
        assertThat(later()).isEmpty();
    }

    @Test
    void hasNoHighWaterMarkWhereItIsZero() {
        QueueGauge unlimited = new QueueGauge(
                Path.of("/queue/in"), new QueueLimits(Duration.ZERO, 0, 0), disk, () -> nanos, Runnable::run);
        count = Integer.MAX_VALUE;
        assertThat(unlimited.refusal()).isEmpty();
        unlimited.added(Integer.MAX_VALUE);
        assertThat(unlimited.refusal()).isEmpty();
        assertThat(measurements).as("nothing is counted").isZero();
    }

    @Test
    void keepsAFullQueueFromTakingMoreAndLetsTheOthersServe() throws Exception {
        QueueDirectories.create(root);
        MailmanQueue queue = MailmanQueue.open(
                QueueDirectories.check(root),
                "owner@example.com",
                new QueueLimits(Duration.ofHours(1), 3, 0),
                new PosixQueueFileSystem(),
                InstantSource.system());
        List<StagedEntry> staged = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(queue.takes(POSTS)).isTrue();
            staged.add(queue.stage(entry(POSTS, i)));
        }
        assertThat(queue.commit(staged)).allMatch(Commit.Committed.class::isInstance);
        assertThat(queue.takes(POSTS)).isFalse();
        assertThatThrownBy(() -> queue.stage(entry(POSTS, 4)))
                .isInstanceOfSatisfying(
                        QueueException.class, e -> assertThat(e.isOutOfRoom()).isTrue())
                .hasMessage("the queue directory " + root.resolve("in")
                        + " takes no mail: 3 entries wait in it, and queue.high-water is 3");
        assertThat(queue.takes(BOUNCES)).isTrue();
        assertThat(queue.commit(List.of(queue.stage(entry(BOUNCES, 5))))).allMatch(Commit.Committed.class::isInstance);
    }

    private Optional<String> later() {
        nanos += Duration.ofSeconds(2).toNanos();
        return gauge.refusal();
    }

    private static QueueEntry entry(Destination destination, int message) {
        return new QueueEntry(
                destination,
                "anne@example.net",
                new HeapMessage(new byte[10]),
                "<spare@example.com>",
                Instant.EPOCH,
                new Fingerprint(message, 0, 0));
    }

    private final class Disk extends ForwardingFileSystem {
        private long cost;

        @Override
        public long usableSpace(Path directory) throws IOException {
            if (isBroken) {
                throw new IOException("Input/output error");
            }
            return free;
        }

        @Override
        public int count(Path directory, String extension) {
            measurements++;
            nanos += cost;
            return count;
        }
    }
}
