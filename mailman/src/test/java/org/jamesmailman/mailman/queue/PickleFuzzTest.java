// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.jamesmailman.mailman.FuzzInputs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fuzz.sh pickle} has found, and what it starts from. */
class PickleFuzzTest {
    @TempDir
    static Path directory;

    private static PickleFuzzTarget target;

    @BeforeAll
    static void startMailman() {
        target = PickleFuzzTarget.start(directory);
    }

    @AfterAll
    static void stopMailman() {
        target.close();
    }

    @TestFactory
    Stream<DynamicTest> writesWhatMailmanWouldForInput() {
        return FuzzInputs.of(getClass(), "fuzz-inputs", target::check);
    }
}
