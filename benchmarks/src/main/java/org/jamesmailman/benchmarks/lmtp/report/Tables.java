// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.report;

import java.util.List;
import java.util.Locale;
import org.jamesmailman.benchmarks.lmtp.Cell;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Results;

/** The table of all that was measured, in Markdown. */
public final class Tables {
    private Tables() {}

    public static String of(Results results) {
        StringBuilder table = new StringBuilder("""
                | messages, sessions, connections | lists | side | messages/s | p50 ms | p99 ms | p99.9 ms | CPU ms | MiB |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        results.cells().forEach(cell -> table.append(row(cell, results.of(cell))));
        return table.toString();
    }

    private static String row(Cell cell, List<Measurement> measured) {
        return "| " + cell.workload().words()
                + " | " + (cell.side().knowsLists() ? String.format(Locale.ROOT, "%,d", cell.lists()) : "")
                + " | " + cell.side().words()
                + " | " + number(Results.median(measured, Measurement::rate))
                + " | " + number(Results.median(measured, Measurement::p50))
                + " | " + number(Results.median(measured, Measurement::p99))
                + " | " + number(Results.median(measured, Measurement::p999))
                + " | " + number(Results.median(measured, Measurement::cpuMillis))
                + " | " + number(Results.median(measured, Measurement::memoryMib))
                + " |\n";
    }

    /** Three digits that count. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
