// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command with its environment, to be run to its end or started. It inherits nothing from the environment of the
 * tests but what is given. Immutable.
 */
public final class Program {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");

    private final List<String> command;
    private final Map<String, String> environment;
    private final Optional<Path> directory;

    private Program(List<String> command, Map<String, String> environment, Optional<Path> directory) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /** A command, its program by absolute path or to be found in the usual folders. */
    public static Program of(String... command) {
        return new Program(List.of(command), ENVIRONMENT, Optional.empty());
    }

    /**
     * Checks that a program is there.
     *
     * @throws IllegalStateException with the Debian package to install, when it is not
     */
    static void requireInstalled(Path program, String debianPackage) {
        if (!Files.exists(program)) {
            throw new IllegalStateException(program + " is not there: install Debian's package " + debianPackage
                    + " (apt-get install --no-install-recommends " + debianPackage + ")");
        }
    }

    /** The same with further arguments. */
    public Program with(List<String> arguments) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(arguments);
        return new Program(longer, environment, directory);
    }

    /** The same run by a command that becomes it: the command's own words come first. */
    Program inside(String... wrapper) {
        List<String> longer = new ArrayList<>(List.of(wrapper));
        longer.addAll(command);
        return new Program(longer, environment, directory);
    }

    /** The same with an environment variable. */
    public Program withEnvironment(String name, String value) {
        Map<String, String> larger = new HashMap<>(environment);
        larger.put(name, value);
        return new Program(command, larger, directory);
    }

    /** The same in a working directory. */
    public Program in(Path workingDirectory) {
        return new Program(command, environment, Optional.of(workingDirectory));
    }

    /** The same run by Mailman's user, who owns Mailman's files. */
    public Program asMailman() {
        return as(Account.MAILMAN);
    }

    /** The same run by another user. */
    Program as(Account account) {
        return new Program(account.running(command), environment, directory);
    }

    /**
     * Runs to the end.
     *
     * @throws AssertionError when it takes longer than {@link Await#PATIENCE}
     */
    public Result run() {
        try {
            Path output = Files.createTempFile("program-", ".out");
            try {
                Process process = builder(output).start();
                if (!process.waitFor(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("does not end: " + this + "\n" + read(output));
                }
                return new Result(process.exitValue(), read(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + this, e);
        }
    }

    /**
     * Runs to the end.
     *
     * @return what it printed, on both channels
     * @throws AssertionError when it ends with another exit code than 0
     */
    public String runWell() {
        Result result = run();
        if (result.exitCode() != 0) {
            throw new AssertionError(this + " ended with " + result.exitCode() + ":\n" + result.output());
        }
        return result.output();
    }

    /**
     * Starts it in the background.
     *
     * @param output the file for what it prints, on both channels; appended to
     */
    public RunningProgram start(Path output) {
        try {
            return new RunningProgram(toString(), builder(output).start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + this, e);
        }
    }

    /** A process whose standard input and output are ours to write and read; its errors go to our own. */
    Process startConversation() {
        ProcessBuilder builder = builder();
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + this, e);
        }
    }

    private ProcessBuilder builder(Path output) {
        return builder()
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        directory.map(Path::toFile).ifPresent(builder::directory);
        return builder;
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }

    /**
     * What a program left.
     *
     * @param output of both channels, read as ISO-8859-1
     */
    public record Result(int exitCode, String output) {}
}
