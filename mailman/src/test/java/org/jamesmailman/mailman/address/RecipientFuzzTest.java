// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.jamesmailman.mailman.FuzzInputs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fuzz.sh recipient} has found, and what it starts from. */
class RecipientFuzzTest {
    @TempDir
    static Path directory;

    private static RecipientFuzzTarget target;

    @BeforeAll
    static void startMailman() {
        target = RecipientFuzzTarget.start(directory);
    }

    @AfterAll
    static void stopMailman() {
        target.close();
    }

    @TestFactory
    Stream<DynamicTest> leadsWhereMailmanWouldForInput() {
        return FuzzInputs.of(getClass(), "fuzz-inputs", target::check);
    }
}
