// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each run of the shared fsync begins, waits for the test, and ends as the test says: nothing is left to chance. */
@Timeout(60)
class SharedSyncTest {
    private static final String FAILURE = "Input/output error";

    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Thread> askers = new ArrayList<>();
    private SharedSync sync = new SharedSync(this::run, 1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void runsForWhoAsks() throws Exception {
        Future<?> first = ask();
        begun.take();
        assertThat(first).isNotDone();
        ends.put("");
        first.get();
    }

    @Test
    void isNotContentWithARunThatHasBegunBeforeItWasAsked() throws Exception {
        Future<?> first = ask();
        begun.take();
        Future<?> second = askAndAwaitThatItWaits();
        ends.put("");
        first.get();
        begun.take();
        assertThat(second).as("covered by the second run only").isNotDone();
        ends.put("");
        second.get();
    }

    @Test
    void runsOnceForAllWhoAskWhileARunIsUnderWay() throws Exception {
        Future<?> first = ask();
        begun.take();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(askAndAwaitThatItWaits());
        }
        ends.put("");
        ends.put("");
        first.get();
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(begun).as("besides the first").hasSize(1);
    }

    @Test
    void failsForThoseWhomItCoversAndForThoseWhoWaitForTheNextRunButForNobodyLater() throws Exception {
        Future<?> first = ask();
        begun.take();
        Future<?> waiting = askAndAwaitThatItWaits();
        ends.put(FAILURE);
        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasMessageContaining(FAILURE);
        assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).hasMessageContaining(FAILURE);

        Future<?> later = ask();
        begun.take();
        ends.put("");
        later.get();
    }

    @Test
    void runsAtOnceForWhoAsksWhileThereIsRoomForAnotherRun() throws Exception {
        sync = new SharedSync(this::run, 2);
        Future<?> first = ask();
        begun.take();
        Future<?> second = ask();
        begun.take();
        Future<?> third = askAndAwaitThatItWaits();
        ends.put("");
        begun.take();
        ends.put("");
        ends.put("");
        first.get();
        second.get();
        third.get();
    }

    @Test
    void failsForThoseOfTheRunsBesideIt() throws Exception {
        sync = new SharedSync(this::run, 2);
        Future<?> first = ask();
        begun.take();
        Future<?> beside = ask();
        begun.take();
        ends.put(FAILURE);
        awaitOne(first, beside);
        ends.put("");
        assertThatThrownBy(first::get).hasMessageContaining(FAILURE);
        assertThatThrownBy(beside::get).hasMessageContaining(FAILURE);
    }

    private static void awaitOne(Future<?> first, Future<?> second) {
        while (!first.isDone() && !second.isDone()) {
            Thread.onSpinWait();
        }
    }

    /** Often, for who is interrupted and woken at once may be told of one of them first or of the other. */
    @RepeatedTest(200)
    void waitsOnWhenItsThreadIsInterruptedAndTellsOfItAfterwards() throws Exception {
        Future<?> first = ask();
        begun.take();
        Future<Boolean> interrupted = threads.submit(() -> {
            synchronized (askers) {
                askers.add(Thread.currentThread());
            }
            sync.await();
            return Thread.interrupted();
        });
        awaitWaiting(1);
        askers.get(0).interrupt();
        ends.put("");
        ends.put("");
        first.get();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void coversEverybodyByARunThatBeginsAfterwardsHoweverTheyMeet() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        AtomicInteger onDisk = new AtomicInteger();
        Random random = new Random(5);
        SharedSync shared = new SharedSync(
                () -> {
                    int seen = changes.get();
                    IntStream.range(0, random.nextInt(200)).forEach(i -> Thread.onSpinWait());
                    onDisk.accumulateAndGet(seen, Math::max);
                },
                2);
        Callable<Boolean> session = () -> {
            for (int i = 0; i < 2_000; i++) {
                int mine = changes.incrementAndGet();
                shared.await();
                if (onDisk.get() < mine) {
                    return false;
                }
            }
            return true;
        };
        for (Future<Boolean> covered : threads.invokeAll(List.of(session, session, session, session, session))) {
            assertThat(covered.get()).isTrue();
        }
    }

    private void run() throws IOException {
        begun.add("a run");
        try {
            String failure = ends.take();
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<?> ask() {
        return threads.submit(() -> {
            sync.await();
            return null;
        });
    }

    private Future<?> askAndAwaitThatItWaits() {
        int before = askers.size();
        Future<?> asked = threads.submit(() -> {
            synchronized (askers) {
                askers.add(Thread.currentThread());
            }
            sync.await();
            return null;
        });
        awaitWaiting(before + 1);
        return asked;
    }

    private void awaitWaiting(int count) {
        while (true) {
            synchronized (askers) {
                if (askers.size() >= count && askers.get(count - 1).getState() == Thread.State.WAITING) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }
}
