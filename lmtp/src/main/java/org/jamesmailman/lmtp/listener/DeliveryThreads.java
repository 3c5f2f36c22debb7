// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.james.util.concurrent.NamedThreadFactory;

/**
 * The threads on which messages go through the mailets and to the disk, so that no connection waits for another's disk.
 * Thread-safe.
 */
final class DeliveryThreads {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor executor;

    /**
     * @param threads how many messages are worked on at once
     * @param waiting how many more may wait for a thread
     */
    DeliveryThreads(String name, int threads, int waiting) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                NamedThreadFactory.withName(name));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Has a thread do it; false when too many are waiting already. */
    boolean offer(Runnable delivery) {
        try {
            executor.execute(delivery);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes no more; what is there is still done. */
    void stop() {
        executor.shutdown();
    }
}
