// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.TemporaryFolder;

/** Postfix's {@code smtp-sink} as an LMTP server that throws everything away. Source: smtp-sink(1). */
final class SmtpSink implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/smtp-sink");

    private final TemporaryFolder folder;
    private final int port;
    private final RunningProgram program;

    private SmtpSink(TemporaryFolder folder, int port, RunningProgram program) {
        this.folder = folder;
        this.port = port;
        this.program = program;
    }

    static SmtpSink start() {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is not there: install Debian's package postfix"
                    + " (apt-get install --no-install-recommends postfix)");
        }
        TemporaryFolder folder = TemporaryFolder.create("smtp-sink");
        int port = FreePorts.next();
        RunningProgram program = Program.of(PROGRAM.toString(), "-L", "-u", "nobody", "127.0.0.1:" + port, "256")
                .start(folder.path().resolve("smtp-sink.out"));
        try {
            Await.until("smtp-sink", () -> Greeting.comesFrom(port) || !program.isAlive());
            if (!program.isAlive()) {
                throw new AssertionError("smtp-sink did not start:\n" + program.output());
            }
        } catch (AssertionError e) {
            program.close();
            folder.close();
            throw e;
        }
        return new SmtpSink(folder, port, program);
    }

    int port() {
        return port;
    }

    long pid() {
        return program.pid();
    }

    @Override
    public void close() {
        try (folder) {
            program.close();
        }
    }
}
