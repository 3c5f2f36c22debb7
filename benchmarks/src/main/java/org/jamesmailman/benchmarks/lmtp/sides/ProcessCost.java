// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and its children cost, those included that have ended and been waited for. Source: proc(5).
 *
 * @param pid of the process
 */
public record ProcessCost(long pid) {
    /** {@code CLK_TCK} of every Linux that runs Java. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** The fields of {@code stat} behind the name, counted from 0: utime, stime, cutime, cstime. */
    private static final int UTIME = 11;

    private static final int CUTIME = 13;

    private static final int CSTIME = 14;

    /** Processor time so far, in nanoseconds. */
    public long cpuNanos() {
        return tree().mapToLong(process -> ticks(process, UTIME)).sum() * NANOS_PER_TICK;
    }

    /** Processor time of the children that have ended and been waited for, in nanoseconds. */
    long childrenNanos() {
        return ticks(pid, CUTIME) * NANOS_PER_TICK;
    }

    /** The share of the machine's memory that they have, in MiB: what several share counts once. */
    public double memoryMib() {
        return tree().mapToLong(ProcessCost::proportionalKib).sum() / 1024.0;
    }

    private Stream<Long> tree() {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants()).map(ProcessHandle::pid))
                .orElseGet(Stream::empty);
    }

    private static long ticks(long pid, int first) {
        String stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = first; i <= CSTIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    private static long proportionalKib(long pid) {
        return read(pid, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** Empty when the process is gone. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
