// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The inputs that fuzzing found worth keeping: each is a test of its own. */
public final class FuzzInputs {
    private FuzzInputs() {}

    /**
     * A test for each input of a target.
     *
     * @param test whose package has the inputs, in {@code src/test/resources}
     * @param folder what they are called there
     */
    public static Stream<DynamicTest> of(Class<?> test, String folder, ThrowingConsumer<byte[]> check) {
        try {
            Path inputs = Path.of(
                    Objects.requireNonNull(test.getResource(folder), folder).toURI());
            try (Stream<Path> files = Files.list(inputs)) {
                List<Path> sorted = files.sorted().toList();
                return sorted.stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> check.accept(Files.readAllBytes(file))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
