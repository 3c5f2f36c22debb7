// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jamesmailman.testing.Program;

/** Where and when something was measured. */
public final class Machine {
    private static final double KIB_PER_GIB = 1024.0 * 1024;

    private Machine() {}

    /** In words: processors, memory, kernel, file system, Java, day, and how busy the machine was besides. */
    public static String words() throws IOException {
        return String.format(
                Locale.ROOT,
                "%d cores, %.0f GiB, Linux %s, %s, Java %s for the server, %s; load average %s when it began",
                Runtime.getRuntime().availableProcessors(),
                memoryGib(),
                System.getProperty("os.version"),
                Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                        .type(),
                serverJava(),
                LocalDate.now(ZoneId.systemDefault()),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    private static double memoryGib() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / KIB_PER_GIB;
    }

    private static String serverJava() {
        return Program.of("java", "-version")
                .run()
                .output()
                .lines()
                .filter(line -> line.contains("\""))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElse("unknown");
    }
}
