// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.report;

import static org.jamesmailman.benchmarks.lmtp.Plan.BASE;
import static org.jamesmailman.benchmarks.lmtp.Plan.FEW_LISTS;
import static org.jamesmailman.benchmarks.lmtp.Plan.MANY_LISTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Plan;
import org.jamesmailman.benchmarks.lmtp.Results;
import org.jamesmailman.benchmarks.lmtp.Workload;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;

/** What we want to reach, and what is reached: ratios are medians of the rounds' own. */
public final class Targets {
    private final Results results;
    private final List<String> rows = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    /** The table of those whose sides were measured, in Markdown; empty when there are none. */
    public static String of(Results results) {
        Targets targets = new Targets(results);
        targets.compare();
        if (targets.rows.isEmpty()) {
            return "";
        }
        return "| | target | measured | reached |\n| --- | --- | --- | --- |\n" + String.join("", targets.rows);
    }

    private void compare() {
        rate("Mailman's LMTP runner, 4 KB, 8 sessions, 10 lists", BASE, FEW_LISTS, Kind.MAILMAN, 15);
        rate("the same at 10,000 lists", BASE, MANY_LISTS, Kind.MAILMAN, 300);
        rate("delivery to a program, 8 at once", BASE, FEW_LISTS, Kind.INJECT, 1_000);
        for (int sessions : new int[] {8, 32}) {
            String at = ", " + sessions + " sessions";
            rate("Dovecot's LMTP into a Maildir" + at, Plan.with(sessions), FEW_LISTS, Kind.DOVECOT, 1.5);
        }
        for (int sessions : new int[] {8, 32}) {
            String at = ", " + sessions + " sessions";
            rate("the raw disk" + at, Plan.with(sessions), FEW_LISTS, Kind.DISK, 0.7);
        }
        atLeast(
                "messages/s at 10,000 lists to those at 10",
                Results.ratio(ours(BASE, MANY_LISTS), ours(BASE, FEW_LISTS), Measurement::rate),
                0.97);
        atMost(
                "p99 from dot to reply to the raw disk's, 8 sessions",
                Results.ratio(ours(BASE, FEW_LISTS), results.of(Kind.DISK, FEW_LISTS, BASE), Measurement::p99),
                2,
                "times");
        atMost(
                "processor time of a 4 KB message, 8 sessions",
                median(ours(BASE, FEW_LISTS).stream()
                        .mapToDouble(Measurement::cpuMillis)
                        .toArray()),
                0.25,
                "ms");
        Workload large = Plan.large(BASE.sessions());
        rate("the raw disk, 100 KB (and so the octets/s), 8 sessions", large, FEW_LISTS, Kind.DISK, 0.7);
        atMost(
                "start to READY",
                median(results.starts().stream()
                        .mapToDouble(Results.Start::seconds)
                        .toArray()),
                2,
                "s");
        atMost(
                "resident memory at rest",
                median(results.starts().stream()
                        .mapToDouble(Results.Start::residentMib)
                        .toArray()),
                200,
                "MB");
    }

    private List<Measurement> ours(Workload workload, int lists) {
        return results.of(Kind.OURS, lists, workload);
    }

    private static OptionalDouble median(double... values) {
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Results.median(values));
    }

    private void rate(String to, Workload workload, int lists, Kind other, double wanted) {
        atLeast(
                "messages/s to those of " + to,
                Results.ratio(ours(workload, lists), results.of(other, lists, workload), Measurement::rate),
                wanted);
    }

    private void atLeast(String what, OptionalDouble measured, double wanted) {
        row(what, "at least " + number(wanted) + " times", measured, " times", measured.orElse(0) >= wanted);
    }

    private void atMost(String what, OptionalDouble measured, double wanted, String unit) {
        row(what, "at most " + number(wanted) + " " + unit, measured, " " + unit, measured.orElse(0) <= wanted);
    }

    private void row(String what, String wanted, OptionalDouble measured, String unit, boolean isReached) {
        measured.ifPresent(value -> rows.add("| " + what + " | " + wanted + " | " + Tables.number(value) + unit + " | "
                + (isReached ? "yes" : "no") + " |\n"));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
