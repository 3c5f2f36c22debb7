// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        try (Stream<Path> files = messages()) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count the files below " + root, e);
        }
    }

    void delete() {
        try (Stream<Path> files = messages()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the files below " + root, e);
        }
    }

    private Stream<Path> messages() throws IOException {
        try {
            return Files.walk(root).filter(Files::isRegularFile).filter(isMessage);
        } catch (NoSuchFileException e) {
            return Stream.empty();
        }
    }
}
