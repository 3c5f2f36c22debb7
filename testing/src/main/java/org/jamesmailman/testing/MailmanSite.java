// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a private Mailman, and the commands that work on them whether or not it is running.
 *
 * @param directory where everything lies, owned by Mailman's user
 */
public record MailmanSite(Path directory) {
    private static final String PYTHON = "/usr/bin/python3";
    private static final List<String> INCOMING = List.of("in", "command", "bounces");
    private static final Path PROGRAMS = Path.of("/usr/lib/mailman3/bin");

    /** {@code mailman.cfg}. */
    public Path configurationFile() {
        return directory.resolve("mailman.cfg");
    }

    /** What {@code [mta] configuration} names: how Mailman writes its maps for Postfix. */
    Path postfixConfigurationFile() {
        return directory.resolve("postfix.cfg");
    }

    /** {@code [paths] var_dir}. */
    public Path varDirectory() {
        return directory.resolve("var");
    }

    /** The SQLite database; not there where another database was configured. */
    public Path databaseFile() {
        return varDirectory().resolve("mailman.db");
    }

    /** {@code [paths] queue_dir}. */
    public Path queueDirectory() {
        return varDirectory().resolve("queue");
    }

    /** A queue: {@code in}, {@code command}, {@code bounces}, {@code shunt}, {@code bad} and so on. */
    public QueueDirectory queue(String name) {
        return new QueueDirectory(queueDirectory().resolve(name));
    }

    /** What waits in the queues that an LMTP server fills, oldest first: in the order of the recipients. */
    public List<QueuedEntry> entries() {
        return INCOMING.stream()
                .flatMap(name -> queue(name).entries().stream())
                .sorted(QueueDirectory.FIFO)
                .map(QueuedEntry::new)
                .toList();
    }

    /** Deletes what waits in the queues that an LMTP server fills. */
    public void clearEntries() {
        INCOMING.forEach(name -> queue(name).clear());
    }

    /** Where Mailman puts the maps that it generates for Postfix. */
    public Path dataDirectory() {
        return varDirectory().resolve("data");
    }

    /** Where Mailman's programs are installed. */
    static Path programs() {
        return PROGRAMS;
    }

    /** All of Mailman's logs, each under a line with its name. */
    public String logs() {
        Path logs = varDirectory().resolve("logs");
        if (!Files.isDirectory(logs)) {
            return "";
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.sorted()
                    .map(log -> "== " + log.getFileName() + "\n" + text(log))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + logs, e);
        }
    }

    /**
     * Runs the command {@code mailman} with arguments, as Mailman's user.
     *
     * @return what it printed
     * @throws AssertionError when it fails
     */
    public String command(String... arguments) {
        return program("mailman").with(List.of(arguments)).asMailman().runWell();
    }

    /**
     * Lets one runner work until its queue is empty, then ends it. For a Mailman in which that runner does not run.
     *
     * @throws AssertionError when the runner gets no further for {@link Await#PATIENCE}, or dies of an entry
     */
    public void drain(Runner runner) {
        drain(runner, new String[0]);
    }

    /** The same with a runner that a command runs, which ends in it: its arguments are before the runner's. */
    public void drain(Runner runner, String... wrapper) {
        try (RunningProgram running = start(runner, wrapper)) {
            QueueDirectory queue = queue(runner.key());
            queue.awaitEmptyWhile(running::isAlive);
            if (!queue.files().isEmpty()) {
                throw new AssertionError("the runner died of " + queue.files() + "\n" + running.output() + logs());
            }
        }
    }

    /** Starts one runner, for a Mailman in which that runner does not run. */
    public RunningProgram start(Runner runner, String... wrapper) {
        return program("runner")
                .inside(wrapper)
                .with(List.of("--runner=" + runner.key() + ":0:1"))
                .asMailman()
                .start(directory.resolve("runner-" + runner.key() + ".out"));
    }

    /** One of Mailman's programs with this site's configuration, not yet as Mailman's user. */
    Program program(String name) {
        return Program.of(
                PYTHON,
                PROGRAMS.resolve(name).toString(),
                "-C",
                configurationFile().toString());
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
