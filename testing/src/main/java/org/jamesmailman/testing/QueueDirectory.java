// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One of Mailman's queues, seen from outside.
 *
 * @param path the folder, which need not be there yet
 */
public record QueueDirectory(Path path) {
    private static final String ENTRY = ".pck";

    /** With this begins the name of a file by which our server tells other servers of itself, and which stays. */
    private static final String MARK = "james-mailman-";

    /** Oldest first, as a runner takes them: by the decimal seconds before the {@code +} of their names. */
    static final Comparator<Path> FIFO = Comparator.comparing(QueueDirectory::seconds)
            .thenComparing(entry -> entry.getFileName().toString());

    /** The queue's name. */
    public String name() {
        return path.getFileName().toString();
    }

    /** The entries that wait, oldest first. */
    public List<Path> entries() {
        return files().stream()
                .filter(file -> file.getFileName().toString().endsWith(ENTRY))
                .sorted(FIFO)
                .toList();
    }

    /**
     * Everything in the folder but the marks of servers: entries, the {@code .bak} of an entry in work, {@code .tmp}
     * and {@code .psv} files.
     */
    public List<Path> files() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(MARK))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }

    /**
     * The entries once there are so many, oldest first.
     *
     * @throws AssertionError when there are fewer after {@link Await#PATIENCE}
     */
    public List<Path> awaitEntries(int count) {
        Await.until(count + " entries in queue " + name(), () -> entries().size() >= count);
        return entries();
    }

    /**
     * Returns when nothing waits or is in work.
     *
     * @throws AssertionError when it does not get shorter for {@link Await#PATIENCE}
     */
    public void awaitEmpty() {
        awaitEmptyWhile(() -> true);
    }

    /** Returns when nothing waits or is in work, or when nobody works on it any more. */
    void awaitEmptyWhile(BooleanSupplier somebodyWorks) {
        int left = files().size();
        while (left > 0 && somebodyWorks.getAsBoolean()) {
            int before = left;
            Await.until(
                    "a shorter queue " + name() + " than its " + before,
                    () -> files().size() < before || !somebodyWorks.getAsBoolean());
            left = files().size();
        }
    }

    /** Deletes everything in it but the marks. */
    public void clear() {
        for (Path file : files()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    private static BigDecimal seconds(Path entry) {
        String name = entry.getFileName().toString();
        return new BigDecimal(name.substring(0, name.indexOf('+')));
    }
}
