// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jamesmailman.mailman.verdict.Replies;
import org.junit.jupiter.api.Test;

class VerdictSinkTest {
    private static final Outcome REFUSED = new Outcome.Refused(Replies.mayNotPost("ant@example.com"), "first");
    private static final Outcome DROPPED = new Outcome.Dropped(Replies.dropped("ant@example.com"), "second");

    private final VerdictSink sink = new VerdictSink();

    @Test
    void hasNoOutcomeBeforeSomebodyConcludes() {
        assertThat(sink.outcome()).isEmpty();
    }

    @Test
    void keepsTheFirstOutcomeAndTellsTheOthersSo() {
        assertThat(sink.conclude(REFUSED)).isTrue();
        assertThat(sink.conclude(DROPPED)).isFalse();
        assertThat(sink.conclude(REFUSED)).as("even the same again").isFalse();
        assertThat(sink.outcome()).contains(REFUSED);
    }

    @Test
    void letsOneOfManyThreadsConclude() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                VerdictSink contended = new VerdictSink();
                CountDownLatch together = new CountDownLatch(8);
                List<Callable<Boolean>> concluding = IntStream.range(0, 8)
                        .<Callable<Boolean>>mapToObj(i -> () -> {
                            together.countDown();
                            together.await();
                            return contended.conclude(i % 2 == 0 ? REFUSED : DROPPED);
                        })
                        .toList();
                int standing = 0;
                for (Future<Boolean> concluded : pool.invokeAll(concluding)) {
                    standing += concluded.get() ? 1 : 0;
                }
                assertThat(standing).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
