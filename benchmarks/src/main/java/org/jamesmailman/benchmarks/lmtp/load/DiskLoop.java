// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the disk can promise: each thread writes a message's files, fsyncs each, renames it, and fsyncs the directory
 * once for the message.
 */
final class DiskLoop {
    private final Path directory;
    private final int threads;
    private final int files;
    private final byte[] octets;
    private final Window window;
    private final AtomicLong number = new AtomicLong();

    /** @param files of each message, one for each recipient */
    DiskLoop(Path directory, int threads, int files, int size, Window window) {
        this.directory = directory;
        this.threads = threads;
        this.files = files;
        this.octets = new byte[size];
        this.window = window;
    }

    /** Runs until the window is over. */
    Tally run(Runnable begun, Runnable over) throws IOException {
        List<Tally> tallies = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Tally tally = new Tally(window);
            tallies.add(tally);
            Thread thread = new Thread(() -> loop(tally), "disk-" + i);
            thread.setUncaughtExceptionHandler((failed, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            thread.start();
            running.add(thread);
        }
        try {
            sleepUntil(window.begin());
            begun.run();
            sleepUntil(window.end());
            over.run();
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        synchronized (failures) {
            if (!failures.isEmpty()) {
                throw new IOException("a thread that writes has failed", failures.get(0));
            }
        }
        Tally sum = new Tally(window);
        tallies.forEach(sum::add);
        return sum;
    }

    private static void sleepUntil(long moment) throws InterruptedException {
        long left = moment - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    private void loop(Tally tally) {
        try {
            long start = System.nanoTime();
            while (!window.isOverAt(start)) {
                for (int i = 0; i < files; i++) {
                    write();
                }
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                long end = System.nanoTime();
                tally.answered(start, end, true);
                start = end;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        String name = "raw" + number.incrementAndGet();
        Path temporary = directory.resolve(name + ".tmp");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
