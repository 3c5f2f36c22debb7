// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleLogger;

/**
 * Runs {@link QueueWriter} in a Java of its own: as another user, and with another umask, than this one has. Becoming
 * another user takes root, as the other tests with real servers do.
 */
final class QueueProcess {
    private final Path classes;

    private QueueProcess(Path classes) {
        this.classes = classes;
    }

    /** Puts the classes where any user can read them. */
    static QueueProcess prepare(Path directory) throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        for (Class<?> sample : List.of(QueueDirectories.class, QueueWriter.class, Logger.class, SimpleLogger.class)) {
            copy(source(sample), classes);
        }
        return new QueueProcess(classes);
    }

    /** Runs it as root; as {@code runuser}'s options say, such as {@code -u nobody}; and gives what it prints. */
    String run(String umask, List<String> runuser, Object... arguments) {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + ":" + classes.resolve("*"),
                QueueWriter.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(java::add);
        List<String> shell = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        return execute(Stream.of(as(runuser), shell.stream(), java.stream())
                .flatMap(part -> part)
                .toList());
    }

    /** Runs any command as another user. */
    static String runAs(List<String> runuser, String... command) {
        return execute(Stream.concat(as(runuser), Arrays.stream(command)).toList());
    }

    private static Stream<String> as(List<String> runuser) {
        return runuser.isEmpty()
                ? Stream.empty()
                : Stream.of(Stream.of("runuser"), runuser.stream(), Stream.of("--"))
                        .flatMap(part -> part);
    }

    private static String execute(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with " + status + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path source(Class<?> sample) {
        try {
            return Path.of(
                    sample.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        if (Files.isRegularFile(source)) {
            Files.setPosixFilePermissions(
                    Files.copy(source, target.resolve(source.getFileName())),
                    PosixFilePermissions.fromString("rw-r--r--"));
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(source)) {
            paths = walk.collect(Collectors.toList());
        }
        for (Path path : paths) {
            Path copied = target.resolve(source.relativize(path).toString());
            boolean directory = Files.isDirectory(path);
            if (!directory || !Files.isDirectory(copied)) {
                Files.copy(path, copied, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(
                    copied, PosixFilePermissions.fromString(directory ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
