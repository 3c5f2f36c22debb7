// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import java.util.stream.Stream;
import org.jamesmailman.mailman.FuzzInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code fuzz.sh framer} has found, and what it starts from. */
class FramerFuzzTest {
    @TestFactory
    Stream<DynamicTest> framesTheSameWhateverThePiecesForInput() {
        return FuzzInputs.of(getClass(), "fuzz-inputs", FramerFuzzTarget::fuzzerTestOneInput);
    }
}
