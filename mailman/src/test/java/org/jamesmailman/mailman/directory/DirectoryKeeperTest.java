// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryKeeperTest {
    private static final Duration REFRESH = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration MAX_AGE = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final ScriptedSource source = new ScriptedSource();
    private final DirectoryKeeper keeper = DirectoryKeeper.start(source, REFRESH, MAX_AGE, Optional.empty(), clock);

    /** Tells the time that the test sets. */
    private static final class SettableClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** A source whose snapshots are told apart by when they were taken. */
    private static final class ScriptedSource implements DirectorySource {
        private final AtomicInteger version = new AtomicInteger(1);
        private final AtomicInteger loads = new AtomicInteger();
        private final CountDownLatch mayLoad = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile Throwable failure;
        private volatile Runnable duringLoad = () -> {};
        private volatile int loaded;

        @Override
        public Snapshot load() throws DirectoryException {
            await(mayLoad);
            loads.incrementAndGet();
            fail();
            int seen = version.get();
            duringLoad.run();
            loaded = seen;
            return snapshot(seen);
        }

        @Override
        public boolean hasChanged() throws DirectoryException {
            fail();
            return version.get() != loaded;
        }

        @Override
        public String description() {
            return "the test's source";
        }

        @Override
        public void close() {
            closed.countDown();
        }

        private void fail() throws DirectoryException {
            if (failure instanceof DirectoryException known) {
                throw known;
            }
            if (failure instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Snapshot snapshot(int version) {
            return new SnapshotBuilder().build(Instant.ofEpochSecond(version));
        }
    }

    @AfterEach
    void closeTheKeeper() {
        source.mayLoad.countDown();
        keeper.close();
    }

    private void start() throws Exception {
        source.mayLoad.countDown();
        keeper.awaitFirstLoad(PATIENCE);
    }

    private int currentVersion() {
        return keeper.current()
                .map(snapshot -> (int) snapshot.takenAt().getEpochSecond())
                .orElse(0);
    }

    private void awaitVersion(int version) throws Exception {
        Eventually.await("version " + version + " is current", () -> currentVersion() == version);
    }

    @Test
    void hasNothingBeforeTheFirstLoad() {
        assertThat(keeper.current()).isEmpty();
    }

    @Test
    void hasTheFirstSnapshotOnceItIsLoaded() throws Exception {
        start();
        assertThat(currentVersion()).isEqualTo(1);
    }

    @Test
    void givesUpWaitingForASlowSourceButNotTheSource() throws Exception {
        assertThatThrownBy(() -> keeper.awaitFirstLoad(Duration.ofMillis(1)))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("Reading the test's source takes longer than 0 s; see whether it answers.");
        start();
        assertThat(currentVersion()).isEqualTo(1);
    }

    @Test
    void tellsWhoeverWaitsThatTheFirstLoadFailedAndGoesOnTrying() throws Exception {
        DirectoryException failure = new DirectoryException("No such thing.");
        source.failure = failure;
        source.mayLoad.countDown();
        assertThatThrownBy(() -> keeper.awaitFirstLoad(PATIENCE)).isSameAs(failure);
        assertThat(keeper.current()).isEmpty();
        source.failure = null;
        awaitVersion(1);
    }

    @Test
    void takesTheNewestSnapshot() throws Exception {
        start();
        for (int version = 2; version <= 5; version++) {
            source.version.set(version);
            awaitVersion(version);
        }
    }

    @Test
    void doesNotLoadWhatHasNotChanged() throws Exception {
        start();
        source.version.set(2);
        awaitVersion(2);
        assertThat(source.loads).hasValue(2);
    }

    @Test
    void doesNotMissAChangeThatHappensDuringALoad() throws Exception {
        source.duringLoad = () -> source.version.compareAndSet(1, 2);
        start();
        awaitVersion(2);
    }

    @Test
    void keepsTheLastSnapshotWhileTheSourceFailsAndRecovers() throws Exception {
        start();
        source.failure = new DirectoryException("Gone.");
        source.version.set(2);
        Eventually.await("the keeper has met the failure", keeper::isFailing);
        assertThat(currentVersion()).isEqualTo(1);
        source.failure = null;
        awaitVersion(2);
        assertThat(keeper.isFailing()).isFalse();
    }

    @Test
    void outlivesWhatASourceShouldNeverThrow() throws Exception {
        start();
        source.failure = new IllegalStateException("a bug");
        Eventually.await("the keeper has met the failure", keeper::isFailing);
        source.failure = new NoClassDefFoundError("half a driver");
        source.version.set(2);
        source.failure = null;
        awaitVersion(2);
    }

    @Test
    void putsAnUnforeseenFailureInWords() {
        source.failure = new IllegalStateException("a bug");
        source.mayLoad.countDown();
        assertThatThrownBy(() -> keeper.awaitFirstLoad(PATIENCE))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("Reading the test's source failed in an unforeseen way (java.lang.IllegalStateException: a"
                        + " bug); report this with the log.");
    }

    @Test
    void closesTheSourceAndKeepsTheSnapshotWhenItIsClosed() throws Exception {
        start();
        keeper.close();
        assertThat(source.closed.await(30, TimeUnit.SECONDS)).isTrue();
        source.version.set(2);
        assertThat(currentVersion()).isEqualTo(1);
    }

    @Test
    void trustsWhatTheSourceSaysAsLongAsItAnswers() throws Exception {
        assertThat(keeper.maySupportRefusals()).as("before anything is known").isFalse();
        start();
        clock.pass(MAX_AGE.multipliedBy(3));
        Eventually.await("the source has said that nothing has changed", keeper::maySupportRefusals);
        assertThat(source.loads).hasValue(1);
    }

    @Test
    void refusesNobodyForWhatIsTooOldUntilTheSourceAnswersAgain() throws Exception {
        start();
        source.failure = new DirectoryException("Gone.");
        Eventually.await("the keeper has met the failure", keeper::isFailing);
        clock.pass(MAX_AGE);
        assertThat(keeper.maySupportRefusals()).as("just not too old").isTrue();
        clock.pass(Duration.ofMillis(1));
        assertThat(keeper.maySupportRefusals()).isFalse();
        assertThat(keeper.current()).as("it goes on being served").isPresent();
        source.failure = null;
        Eventually.await("the source answers again", keeper::maySupportRefusals);
    }

    @Test
    void knowsNoAgeWhereThatIsWanted() throws Exception {
        ScriptedSource silent = new ScriptedSource();
        silent.mayLoad.countDown();
        try (DirectoryKeeper forever = DirectoryKeeper.start(silent, REFRESH, Duration.ZERO, Optional.empty(), clock)) {
            forever.awaitFirstLoad(PATIENCE);
            silent.failure = new DirectoryException("Gone.");
            Eventually.await("the keeper has met the failure", forever::isFailing);
            clock.pass(Duration.ofDays(10_000));
            assertThat(forever.maySupportRefusals()).isTrue();
        }
    }

    private Optional<Path> snapshotFile() {
        return Optional.of(directory.resolve("lists.snapshot"));
    }

    /** A keeper that has read its source and saved what it read. */
    private void saveVersion(int version) throws Exception {
        ScriptedSource before = new ScriptedSource();
        before.version.set(version);
        before.mayLoad.countDown();
        try (DirectoryKeeper keeperBefore = DirectoryKeeper.start(before, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            keeperBefore.awaitFirstLoad(PATIENCE);
        }
    }

    @Test
    void servesWhatWasSavedWhileTheSourceIsReadAndRefusesNobodyForIt() throws Exception {
        saveVersion(1);
        ScriptedSource slow = new ScriptedSource();
        slow.version.set(2);
        try (DirectoryKeeper next = DirectoryKeeper.start(slow, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            next.awaitFirstLoad(PATIENCE);
            assertThat(next.current()).isPresent();
            assertThat(next.maySupportRefusals()).isFalse();
            slow.mayLoad.countDown();
            Eventually.await("the source has been read", next::maySupportRefusals);
            assertThat(next.current().orElseThrow().takenAt()).isEqualTo(Instant.ofEpochSecond(2));
        }
    }

    @Test
    void servesWhatWasSavedWhenTheSourceIsNotThere() throws Exception {
        saveVersion(1);
        ScriptedSource gone = new ScriptedSource();
        gone.failure = new DirectoryException("Gone.");
        gone.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(gone, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            next.awaitFirstLoad(PATIENCE);
            Eventually.await("the keeper has met the failure", next::isFailing);
            assertThat(next.current().orElseThrow().takenAt()).isEqualTo(clock.instant());
            assertThat(next.maySupportRefusals()).as("it is young enough").isTrue();
            clock.pass(MAX_AGE.plusSeconds(1));
            assertThat(next.maySupportRefusals()).isFalse();
        }
    }

    @Test
    void countsTheAgeOverARestart() throws Exception {
        saveVersion(1);
        clock.pass(MAX_AGE.plusSeconds(1));
        ScriptedSource gone = new ScriptedSource();
        gone.failure = new DirectoryException("Gone.");
        gone.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(gone, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            next.awaitFirstLoad(PATIENCE);
            Eventually.await("the keeper has met the failure", next::isFailing);
            assertThat(next.maySupportRefusals()).isFalse();
        }
    }

    @Test
    void startsWithoutWhatWasSavedWhenThatIsDamaged() throws Exception {
        saveVersion(1);
        Path file = snapshotFile().orElseThrow();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
        ScriptedSource there = new ScriptedSource();
        there.version.set(2);
        there.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(there, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            next.awaitFirstLoad(PATIENCE);
            assertThat(next.current().orElseThrow().takenAt()).isEqualTo(Instant.ofEpochSecond(2));
        }
        assertThat(new SnapshotFile(file, there.description()).read())
                .as("it is replaced")
                .isPresent();
    }

    @Test
    void failsToStartWhenNothingWasSavedAndTheSourceIsNotThere() {
        ScriptedSource gone = new ScriptedSource();
        gone.failure = new DirectoryException("Gone.");
        gone.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(gone, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            assertThatThrownBy(() -> next.awaitFirstLoad(PATIENCE)).isSameAs(gone.failure);
        }
        assertThat(snapshotFile().orElseThrow()).doesNotExist();
    }

    @Test
    void goesOnWhenTheSnapshotCannotBeSaved() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");
        ScriptedSource there = new ScriptedSource();
        there.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(
                there, REFRESH, MAX_AGE, Optional.of(inTheWay.resolve("lists.snapshot")), clock)) {
            next.awaitFirstLoad(PATIENCE);
            there.version.set(2);
            Eventually.await(
                    "the next version is current",
                    () -> next.current().orElseThrow().takenAt().equals(Instant.ofEpochSecond(2)));
        }
    }

    @Test
    void savesNowAndThenAndNotEachChange() throws Exception {
        Path file = snapshotFile().orElseThrow();
        ScriptedSource there = new ScriptedSource();
        there.mayLoad.countDown();
        try (DirectoryKeeper next = DirectoryKeeper.start(there, REFRESH, MAX_AGE, snapshotFile(), clock)) {
            Eventually.await("the first is saved", () -> Files.exists(file));
            Object first = identity(file);
            for (int version = 2; version < 20; version++) {
                there.version.set(version);
                Instant taken = Instant.ofEpochSecond(version);
                Eventually.await(
                        "the next version is current",
                        () -> next.current().orElseThrow().takenAt().equals(taken));
            }
            assertThat(identity(file)).isEqualTo(first);
            clock.pass(SnapshotSaver.INTERVAL.plusSeconds(1));
            Eventually.await("the newest is saved", () -> !identity(file).equals(first));
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Test
    void restsForWhatIsLeftOfTheIntervalAndAtLeastAsTheSourceWantsWithinReason() {
        Duration refresh = Duration.ofMillis(500);
        assertThat(DirectoryKeeper.pauseAfterReading(refresh, Duration.ofMillis(20), Duration.ofMillis(5)))
                .isEqualTo(Duration.ofMillis(480));
        assertThat(DirectoryKeeper.pauseAfterReading(refresh, Duration.ofSeconds(2), Duration.ofMillis(400)))
                .isEqualTo(Duration.ofMillis(400));
        assertThat(DirectoryKeeper.pauseAfterReading(refresh, Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .isEqualTo(DirectoryKeeper.MAX_PAUSE);
        assertThat(DirectoryKeeper.pauseAfterReading(
                        Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(2)))
                .isEqualTo(Duration.ofSeconds(58));
    }

    @Test
    void triesLessAndLessOftenWithinReason() {
        Duration refresh = Duration.ofMillis(500);
        assertThat(DirectoryKeeper.nextFailurePause(refresh, refresh)).isEqualTo(Duration.ofSeconds(1));
        assertThat(DirectoryKeeper.nextFailurePause(refresh, Duration.ofSeconds(4)))
                .isEqualTo(DirectoryKeeper.MAX_PAUSE);
        assertThat(DirectoryKeeper.nextFailurePause(Duration.ofSeconds(60), Duration.ofSeconds(60)))
                .isEqualTo(Duration.ofSeconds(60));
    }
}
