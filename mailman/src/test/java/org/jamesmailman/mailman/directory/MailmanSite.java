// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Mailman's own code with a database of its own: it makes the databases that are read, and changes them. */
public final class MailmanSite implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";

    private final Path directory;
    private final Process python;
    private final PrintStream programs;
    private final BufferedReader answers;

    private MailmanSite(Path directory, Process python) {
        this.directory = directory;
        this.python = python;
        this.programs = new PrintStream(python.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = python.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a Mailman without lists and domains, over SQLite, below a folder. */
    public static MailmanSite start(Path below) {
        return start(below, "");
    }

    /** The same over another database, by the section {@code [database]} of {@code mailman.cfg}. */
    public static MailmanSite start(Path below, String databaseSection) {
        try {
            Path directory = Files.createDirectory(below.resolve("mailman"));
            Path cfg = directory.resolve("mailman.cfg");
            Files.writeString(cfg, """
                    [mailman]
                    layout: test
                    [paths.test]
                    var_dir: %s
                    [mta]
                    incoming: mailman.mta.null.NullMTA
                    %s
                    """.formatted(directory.resolve("var"), databaseSection));
            Path script = Files.writeString(directory.resolve("mailman-site.py"), script());
            List<String> command = new ArrayList<>();
            if (isRoot()) {
                for (Path path : List.of(below, directory, cfg, script)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
                Files.setOwner(
                        directory,
                        directory
                                .getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName("list"));
                command.addAll(List.of("runuser", "-u", "list", "-g", "list", "--"));
            }
            command.addAll(List.of(PYTHON, script.toString(), cfg.toString()));
            MailmanSite site = new MailmanSite(
                    directory,
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
            site.expect("READY");
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException("The tests need Debian's python3 and mailman3", e);
        }
    }

    /** Runs a program in Mailman and commits. */
    public MailmanSite run(String program) {
        programs.println(Base64.getEncoder().encodeToString(program.getBytes(StandardCharsets.UTF_8)));
        expect("OK");
        return this;
    }

    public Path database() {
        return directory.resolve("var/data/mailman.db");
    }

    public String jdbcUrl() {
        return "jdbc:sqlite:" + database();
    }

    @Override
    public void close() {
        programs.close();
        try {
            if (!python.waitFor(10, TimeUnit.SECONDS)) {
                python.destroyForcibly();
            }
        } catch (InterruptedException e) {
            python.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void expect(String answer) {
        try {
            String line = answers.readLine();
            if (!answer.equals(line)) {
                throw new IllegalStateException("Mailman answered " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String script() throws IOException {
        try (InputStream script = Objects.requireNonNull(MailmanSite.class.getResourceAsStream("mailman-site.py"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
