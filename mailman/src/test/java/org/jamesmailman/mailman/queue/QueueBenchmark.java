// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.HeapMessage;

/**
 * How many messages of 4 KiB the queue takes to the disk in a second, by 1, 8 and 32 sessions, beside a bare loop of
 * write, fsync, rename and fsync of the directory; and how long one message for 1,000 recipients takes. No test: a
 * program, of which {@code docs/developers/testing.md} tells how to run it.
 */
final class QueueBenchmark {
    private static final int SIZE = 4_096;
    private static final int MANY_RECIPIENTS = 1_000;
    private static final int[] SESSIONS = {1, 8, 32};

    private final AtomicInteger messages = new AtomicInteger();
    private final Path root;
    private final int count;

    private QueueBenchmark(Path root, int count) {
        this.root = root;
        this.count = count;
    }

    /** The directory to write below, and how many messages each session writes. */
    public static void main(String[] arguments) throws Exception {
        Path root = Files.createTempDirectory(Path.of(arguments[0]), "queue-benchmark-");
        try {
            new QueueBenchmark(root, Integer.parseInt(arguments[1])).run();
        } finally {
            delete(root);
        }
    }

    private void run() throws Exception {
        QueueDirectories.create(root);
        try (MailmanQueue queue =
                MailmanQueue.open(QueueDirectories.check(root), "owner@example.com", LimitsFixture.LOOSE)) {
            measure(SESSIONS[1], () -> commit(queue, 1));
            for (int sessions : SESSIONS) {
                double bare = measure(sessions, this::bare);
                double ours = measure(sessions, () -> commit(queue, 1));
                System.out.printf(
                        Locale.ROOT,
                        "%2d sessions: bare loop %6.0f messages/s, queue %6.0f messages/s%n",
                        sessions,
                        bare,
                        ours);
            }
            long start = System.nanoTime();
            commit(queue, MANY_RECIPIENTS);
            System.out.printf(Locale.ROOT, "1 message for %d recipients: %.2f s%n", MANY_RECIPIENTS, seconds(start));
        }
    }

    private double measure(int sessions, Callable<Void> once) throws Exception {
        int messageCount = count * sessions;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            long start = System.nanoTime();
            List<Callable<Void>> work = Collections.nCopies(messageCount, once);
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            return messageCount / seconds(start);
        } finally {
            threads.shutdown();
        }
    }

    private Void commit(MailmanQueue queue, int recipients) throws QueueException {
        List<StagedEntry> staged = new ArrayList<>();
        for (int i = 0; i < recipients; i++) {
            staged.add(queue.stage(new QueueEntry(
                    new Destination("ant.example.com", "ant@example.com", Optional.empty()),
                    "anne@example.net",
                    new HeapMessage(new byte[SIZE]),
                    "<spare@example.com>",
                    Instant.EPOCH,
                    new Fingerprint(messages.getAndIncrement(), 0, 0))));
        }
        if (!queue.commit(staged).stream().allMatch(Commit.Committed.class::isInstance)) {
            throw new IllegalStateException("the disk failed");
        }
        return null;
    }

    private Void bare() throws IOException {
        Path directory = root.resolve("bounces");
        Path file = directory.resolve(messages.getAndIncrement() + ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(SIZE));
            channel.force(true);
        }
        Files.move(file, directory.resolve(file.getFileName() + ".done"), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return null;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
