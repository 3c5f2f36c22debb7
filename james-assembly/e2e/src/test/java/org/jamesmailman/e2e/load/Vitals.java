// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.RunningProgram;

/**
 * What a Java server holds on to.
 *
 * @param threads the names of Java's threads, without those of the compilers, which come and go
 * @param heapOctets of live objects, after a collection
 * @param descriptors how many files and sockets are open
 */
public record Vitals(List<String> threads, long heapOctets, int descriptors) {
    private static final Pattern THREAD = Pattern.compile("^\"([^\"]+)\" ", Pattern.MULTILINE);
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);

    /** Has the garbage collected, and looks. */
    public static Vitals of(RunningProgram server) {
        return new Vitals(threads(server), heap(server), descriptors(server));
    }

    /** Names of threads, sorted. */
    static List<String> threads(RunningProgram server) {
        return THREAD.matcher(ask(server, "Thread.print"))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.contains("CompilerThread"))
                .sorted()
                .toList();
    }

    /** Octets of live objects: the histogram has the garbage collected first. */
    private static long heap(RunningProgram server) {
        Matcher total = TOTAL.matcher(ask(server, "GC.class_histogram"));
        if (!total.find()) {
            throw new AssertionError("no total in the histogram of " + server.pid());
        }
        return Long.parseLong(total.group(1));
    }

    /** How many files and sockets a process has open. */
    static int descriptors(RunningProgram server) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest resident memory that a process has had, in MiB. */
    static long peakMib(RunningProgram server) {
        try {
            return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(RunningProgram server, String command) {
        return Program.of(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        Long.toString(server.pid()),
                        command)
                .runWell();
    }

    @Override
    public String toString() {
        return "%d threads, %d MiB of live heap, %d descriptors"
                .formatted(threads.size(), heapOctets / (1024 * 1024), descriptors);
    }
}
