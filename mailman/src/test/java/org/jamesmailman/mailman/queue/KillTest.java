// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments, again and again, while a client sends message after message, and each again until
 * it is told that it is queued, and a stand-in for Mailman's runner takes entries away as the real one does.
 */
class KillTest {
    private static final long SEED = Long.getLong("mailman.kills.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("mailman.kills.count", 10);
    private static final int MAX_MESSAGES_BETWEEN_KILLS = 200;

    @TempDir
    Path root;

    private final Random random = new Random(SEED);
    private final List<String> workedThrough = new ArrayList<>();

    @Test
    @Timeout(3_600)
    void everyMessageIsQueuedExactlyOnceHoweverOftenTheServerIsKilled() throws Exception {
        QueueDirectories.create(root);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> runner = threads.submit(() -> workThrough(over));
            long sent = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                sent = sendUntilKilled(sent, threads);
            }
            try (QueueServerProcess last = QueueServerProcess.start(root)) {
                assertThat(send(last, sent++)).startsWith("committed ");
                assertThat(files(".tmp")).isEmpty();
            }
            over.set(true);
            runner.get();
            Map<Fingerprint, Long> entries = Stream.concat(workedThrough.stream(), files(".pck").stream())
                    .map(name -> EntryName.parse(name.replace(".pck", ""))
                            .orElseThrow()
                            .fingerprint())
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(entries.values()).as("seed %d", SEED).containsOnly(1L);
            assertThat(entries.keySet())
                    .containsAll(IntStream.range(0, (int) sent)
                            .mapToObj(message -> new Fingerprint(message, 0, 0))
                            .toList());
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** The number of the first message that is not known to be queued. */
    private long sendUntilKilled(long first, ExecutorService threads) throws Exception {
        long message = first;
        int quiet = random.nextInt(MAX_MESSAGES_BETWEEN_KILLS);
        int spins = random.nextInt(200_000);
        try (QueueServerProcess server = QueueServerProcess.start(root)) {
            for (; message < first + quiet; message++) {
                assertThat(send(server, message)).startsWith("committed ");
            }
            Future<?> killer = threads.submit(() -> {
                IntStream.range(0, spins).forEach(i -> Thread.onSpinWait());
                server.kill();
            });
            try {
                while (send(server, message).startsWith("committed ")) {
                    message++;
                }
            } catch (IllegalStateException | UncheckedIOException e) {
                // It is dead: the message comes again.
            }
            killer.get();
        }
        return message;
    }

    private static String send(QueueServerProcess server, long message) {
        String staged = server.stage("in", 2_000, message);
        return staged.startsWith("/") ? server.commit() : staged;
    }

    private void workThrough(AtomicBoolean over) {
        Random choice = new Random(SEED);
        try {
            while (!over.get()) {
                for (String file : files(".pck")) {
                    if (choice.nextBoolean()) {
                        Path entry = root.resolve("in").resolve(file);
                        Path taken = root.resolve("in").resolve(file.replace(".pck", ".bak"));
                        Files.move(entry, taken);
                        Files.delete(taken);
                        workedThrough.add(file);
                    }
                }
                Thread.sleep(5);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> files(String extension) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("in"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(extension))
                    .toList();
        }
    }
}
