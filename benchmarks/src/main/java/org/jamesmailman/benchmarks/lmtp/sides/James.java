// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.TemporaryFolder;

/**
 * Our runnable server in front of a Mailman, as an administrator gets it: with the configuration of {@code conf/}, but
 * for the port and for {@code mailman.cfg}, and run as Mailman's user.
 */
public final class James implements AutoCloseable {
    /** Names the folder of the runnable server, as the build makes it. */
    static final String DISTRIBUTION = "jamesmailman.distribution";

    /** More options for the server's Java, such as those of a profiler. */
    private static final String OPTIONS = "jamesmailman.benchmark.server-options";

    private static final String DEFAULT_ADDRESS = "127.0.0.1:8024";

    private final TemporaryFolder folder;
    private final int port;
    private final RunningProgram program;
    private final Duration startToReady;

    private James(TemporaryFolder folder, int port, RunningProgram program, Duration startToReady) {
        this.folder = folder;
        this.port = port;
        this.program = program;
        this.startToReady = startToReady;
    }

    /** Starts it and waits until it says that it is ready. */
    public static James start(PrivateMailman mailman) {
        Path distribution = Path.of(System.getProperty(DISTRIBUTION, "unknown"));
        if (!Files.isDirectory(distribution)) {
            throw new IllegalStateException("the runnable server is not at " + distribution
                    + ": build it (mvn package -DskipTests -pl james-assembly/server -am)");
        }
        TemporaryFolder folder = TemporaryFolder.create("james");
        Path home = folder.path().resolve("james");
        int port = FreePorts.next();
        Program.of("cp", "-a", distribution.toString(), home.toString()).runWell();
        configure(home.resolve("conf"), port, mailman.site().configurationFile());
        Program.of("chown", "-R", "list:list", folder.path().toString()).runWell();
        long start = System.nanoTime();
        RunningProgram program = Program.of(home.resolve("bin/james-mailman").toString(), "run")
                .withEnvironment("JAMES_MAILMAN_OPTS", System.getProperty(OPTIONS, ""))
                .asMailman()
                .in(folder.path())
                .start(folder.path().resolve("james.log"));
        try {
            Await.value("READY", () -> ready(program));
            return new James(folder, port, program, Duration.ofNanos(System.nanoTime() - start));
        } catch (AssertionError e) {
            program.close();
            folder.close();
            throw e;
        }
    }

    private static Optional<String> ready(RunningProgram program) {
        if (!program.isAlive()) {
            throw new AssertionError("James did not start:\n" + program.output());
        }
        return program.output()
                .lines()
                .filter(line -> line.startsWith("READY lmtp="))
                .findFirst();
    }

    private static void configure(Path conf, int port, Path mailmanCfg) {
        change(conf.resolve("mailman-lmtp.xml"), text -> text.replace(DEFAULT_ADDRESS, "127.0.0.1:" + port));
        change(conf.resolve("mailman.properties"), text -> "mailman.cfg=" + mailmanCfg + "\n");
    }

    private static void change(Path file, UnaryOperator<String> change) {
        try {
            Files.writeString(file, change.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** From the start of its command to {@code READY}. */
    public Duration startToReady() {
        return startToReady;
    }

    /** Its resident memory, in MiB. */
    public double residentMib() {
        return program.residentKib() / 1024.0;
    }

    /** The process. */
    public long pid() {
        return program.pid();
    }

    @Override
    public void close() {
        try (folder) {
            program.close();
        }
    }
}
