// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryKeeperTest {
    private static final Duration REFRESH = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedSource source = new ScriptedSource();
    private final DirectoryKeeper keeper = DirectoryKeeper.start(source, REFRESH);

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
