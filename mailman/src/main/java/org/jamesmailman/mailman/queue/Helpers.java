// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Threads for what a session need not wait for, or need not do alone.
 *
 * <p>Does one thing to many files at once: a file system writes its journal once for all fsyncs that wait together, so
 * that a thousand of them, one after the other, take ten times as long and more. The caller works, too, and alone when
 * no helper is free.
 *
 * <p>Thread-safe. The threads end when they have had nothing to do for a while.
 */
final class Helpers implements Closeable {
    private static final int MAX_THREADS = 8;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads = pool(0, MAX_THREADS, new SynchronousQueue<>());
    private final ThreadPoolExecutor background = pool(1, 1, new LinkedBlockingQueue<>());

    Helpers() {
        background.allowCoreThreadTimeOut(true);
    }

    private static ThreadPoolExecutor pool(int coreSize, int maxSize, BlockingQueue<Runnable> waiting) {
        return new ThreadPoolExecutor(
                coreSize,
                maxSize,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                Helpers::thread,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Returns when the action is done with each item.
     *
     * @param action throws nothing
     */
    <T> void forEach(List<T> items, Consumer<T> action) {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(items.size());
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                try {
                    action.accept(items.get(i));
                } finally {
                    left.countDown();
                }
            }
        };
        for (int i = 1; i < Math.min(items.size(), MAX_THREADS + 1); i++) {
            threads.execute(work);
        }
        work.run();
        awaitUninterruptibly(left);
    }

    /** Does something soon; the caller bounds how much. */
    void execute(Runnable work) {
        background.execute(work);
    }

    /**
     * Ends the threads as soon as they have nothing to do; what is asked for afterwards is done by the caller, or not.
     */
    @Override
    public void close() {
        threads.shutdown();
        background.shutdown();
    }

    private static void awaitUninterruptibly(CountDownLatch left) {
        boolean interrupted = false;
        while (left.getCount() > 0) {
            try {
                left.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "james-mailman-queue");
        thread.setDaemon(true);
        return thread;
    }
}
