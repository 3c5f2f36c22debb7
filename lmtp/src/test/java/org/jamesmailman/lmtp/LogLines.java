// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jamesmailman.testing.Await;

/** What is logged while this is open, each line behind its level: slf4j-simple writes to whatever System.err is. */
final class LogLines implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    LogLines() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    /** Returns when there is such a line, which is a whole one. */
    void await(String line) {
        Await.until(line, () -> all().contains(line));
    }

    List<String> all() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        System.setErr(before);
        before.print(written.toString(StandardCharsets.UTF_8));
    }
}
