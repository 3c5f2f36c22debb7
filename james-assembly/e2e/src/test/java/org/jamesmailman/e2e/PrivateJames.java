// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.TemporaryFolder;

/**
 * The runnable server as an administrator gets it, in a folder and on a port of its own, with the configuration of
 * {@code conf/} but for what a test changes in it. Not thread-safe.
 */
public final class PrivateJames implements AutoCloseable {
    private static final Path DISTRIBUTION =
            Path.of(System.getProperty("jamesmailman.distribution")).normalize();

    /** The command of the distribution, which no test has configured. */
    static final Path COMMAND = DISTRIBUTION.resolve("bin/james-mailman");

    private static final String DEFAULT_ADDRESS = "127.0.0.1:8024";

    private final TemporaryFolder folder;
    private final int port;
    private final Program command;
    private RunningProgram program;
    private int starts;

    private PrivateJames(TemporaryFolder folder, int port, Program command) {
        this.folder = folder;
        this.port = port;
        this.command = command;
        launch();
    }

    /** A server with the lists of {@code conf/demo-lists.json}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A server for a private Mailman, configured by {@code mailman.cfg} alone. */
    public static Builder inFrontOf(PrivateMailman mailman) {
        return builder()
                .withoutSettings()
                .setting("mailman.cfg", mailman.site().configurationFile().toString());
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** A client that has said LHLO. */
    public LmtpClient client() {
        return LmtpClient.connect(port);
    }

    /** The process. */
    public RunningProgram program() {
        return program;
    }

    /** Ends it in the middle of everything, as {@code kill -9} does. Its files stay. */
    public void kill() {
        program.kill();
    }

    /** Starts it again over the files that it left, and waits until it says that it is ready. */
    public void restart() {
        launch();
        awaitReady();
    }

    /** Starts it again, and does not wait. */
    public void launch() {
        program = command.start(folder.path().resolve("james-" + ++starts + ".log"));
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        String ready = Await.value("READY", () -> line(program, "READY").or(() -> died(program)));
        if (!ready.contains("READY lmtp=127.0.0.1:" + port)) {
            throw new AssertionError("James did not start:\n" + program.output());
        }
    }

    private static Optional<String> died(RunningProgram program) {
        return program.isAlive() ? Optional.empty() : Optional.of("died");
    }

    private static Optional<String> line(RunningProgram program, String start) {
        return program.output().lines().filter(line -> line.startsWith(start)).findFirst();
    }

    /** Where it writes what is its own. */
    public Path varDirectory() {
        return folder.path().resolve("james/var");
    }

    /** Its configuration. */
    Path confDirectory() {
        return folder.path().resolve("james/conf");
    }

    @Override
    public void close() {
        try (folder) {
            program.close();
        }
    }

    /** Chooses how it is configured. Not thread-safe. */
    public static final class Builder {
        private final TemporaryFolder folder = TemporaryFolder.create("james");
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, Path> files = new LinkedHashMap<>();
        private UnaryOperator<String> lmtpserver = UnaryOperator.identity();
        private UnaryOperator<String> listener = UnaryOperator.identity();
        private UnaryOperator<String> mailetcontainer = UnaryOperator.identity();
        private String options = "";
        private List<String> wrapper = List.of();
        private boolean keepsSettings = true;
        private boolean isMailman;
        private Optional<Path> extension = Optional.empty();

        private Builder() {}

        /** Leaves out the {@code mailman.properties} of {@code conf/}. */
        public Builder withoutSettings() {
            keepsSettings = false;
            return this;
        }

        /** Sets a key of {@code mailman.properties}. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** James's own listener in the place of ours. */
        public Builder lmtpserver(UnaryOperator<String> change) {
            lmtpserver = change;
            listener = xml -> xml.replace("enabled=\"true\"", "enabled=\"false\"");
            return this;
        }

        /** Our listener, with something changed in {@code mailman-lmtp.xml}. */
        public Builder listener(UnaryOperator<String> change) {
            listener = change;
            return this;
        }

        /** Changes {@code mailetcontainer.xml}. */
        public Builder mailetcontainer(UnaryOperator<String> change) {
            mailetcontainer = change;
            return this;
        }

        /** Runs as Mailman's user; else as root. */
        public Builder asMailman() {
            isMailman = true;
            return this;
        }

        /** More options for Java. */
        public Builder options(String more) {
            options = more;
            return this;
        }

        /** A command that becomes the server's: one that is run with a command behind it, and ends in it. */
        public Builder inside(String... command) {
            wrapper = List.of(command);
            return this;
        }

        /** Where its files will be: a folder that is not there yet. */
        public Path home() {
            return folder.path().resolve("james");
        }

        /** Puts a file of the test's own into the folder of the server, at a path relative to it. */
        public Builder file(String relative, Path source) {
            files.put(relative, source);
            return this;
        }

        /** Another extension JAR than the right one. */
        public Builder extension(Path jar) {
            extension = Optional.of(jar);
            return this;
        }

        /** Starts it and waits until it says that it is ready. */
        public PrivateJames start() {
            int port = FreePorts.next();
            PrivateJames james = new PrivateJames(folder, port, command(port));
            try {
                james.awaitReady();
                return james;
            } catch (AssertionError e) {
                james.close();
                throw e;
            }
        }

        /** Starts it where it cannot start, and waits for its end. */
        public Failure fail() {
            try (folder;
                    RunningProgram program =
                            command(FreePorts.next()).start(folder.path().resolve("james.log"))) {
                int exitCode = program.awaitExit();
                return new Failure(exitCode, line(program, "james-mailman: ").orElse(""), program.output());
            }
        }

        private Program command(int port) {
            Path home = home();
            Program.of("cp", "-a", DISTRIBUTION.toString(), home.toString()).runWell();
            configure(home, port);
            extension.ifPresent(jar -> replaceExtension(home, jar));
            files.forEach((relative, source) -> copy(source, home.resolve(relative)));
            if (isMailman) {
                Program.of("chown", "-R", "list:list", folder.path().toString()).runWell();
            }
            List<String> words = new ArrayList<>(wrapper);
            words.addAll(List.of(home.resolve("bin/james-mailman").toString(), "run"));
            Program program = Program.of(words.toArray(String[]::new)).withEnvironment("JAMES_MAILMAN_OPTS", options);
            return (isMailman ? program.asMailman() : program).in(folder.path());
        }

        private void configure(Path home, int port) {
            Path conf = home.resolve("conf");
            UnaryOperator<String> onPort = text -> text.replace(DEFAULT_ADDRESS, "127.0.0.1:" + port);
            change(conf.resolve("lmtpserver.xml"), text -> onPort.apply(lmtpserver.apply(text)));
            change(conf.resolve("mailman-lmtp.xml"), text -> onPort.apply(listener.apply(text)));
            change(conf.resolve("mailetcontainer.xml"), mailetcontainer);
            String more = settings.entrySet().stream()
                    .map(setting -> "\n" + setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining());
            change(
                    conf.resolve("mailman.properties"),
                    text -> (keepsSettings ? withoutChanged(text) : "") + more + "\n");
        }

        /** A key that stands there twice is refused. */
        private String withoutChanged(String properties) {
            return properties
                    .lines()
                    .filter(line -> settings.keySet().stream().noneMatch(key -> line.startsWith(key + "=")))
                    .collect(Collectors.joining("\n"));
        }

        private static void replaceExtension(Path home, Path jar) {
            try (Stream<Path> jars = Files.list(home.resolve("extensions-jars"))) {
                for (Path old : jars.toList()) {
                    if (old.getFileName().toString().startsWith("james-mailman-extension")) {
                        Files.delete(old);
                    }
                }
                Files.copy(jar, home.resolve("extensions-jars").resolve(jar.getFileName()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void copy(Path source, Path target) {
            try {
                Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void change(Path file, UnaryOperator<String> change) {
            try {
                Files.writeString(file, change.apply(Files.readString(file, UTF_8)), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How a start failed: the last word on standard error, and all that was said before it. */
    public record Failure(int exitCode, String sentence, String output) {}
}
