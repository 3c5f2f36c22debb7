// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files in which a side keeps messages.
 *
 * @param root below which they lie
 * @param isMessage whether a file is one
 */
record StoredFiles(Path root, Predicate<Path> isMessage) {
    long count() {
        return messages().size();
    }

    void delete() {
        try {
            for (Path file : messages()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the files below " + root, e);
        }
    }

    private List<Path> messages() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(isMessage).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the files below " + root, e);
        }
    }
}
