// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.nio.file.Path;
import org.jamesmailman.benchmarks.inner.InnerParts;
import org.jamesmailman.benchmarks.lmtp.report.Machine;
import org.jamesmailman.benchmarks.lmtp.report.Page;
import org.jamesmailman.benchmarks.lmtp.report.Plots;
import org.jamesmailman.benchmarks.lmtp.report.Tables;
import org.jamesmailman.benchmarks.lmtp.report.Targets;
import org.jamesmailman.benchmarks.lmtp.sides.Sides;
import org.jamesmailman.benchmarks.lmtp.sides.Sites;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures our server beside others: {@code benchmarks/lmtp.sh} starts it and tells its arguments. Progress goes to
 * standard error, the tables to standard output.
 */
public final class LmtpBenchmark {
    private LmtpBenchmark() {}

    /**
     * Measures, and prints the tables.
     *
     * @param arguments see {@link Options#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("lmtp.sh: " + e.getMessage());
            System.exit(2);
            return;
        }
        try (Sides sides = Sides.start()) {
            String machine = Machine.words();
            Results results = new Rounds(options, sides, System.err::println).run();
            StringBuilder report = new StringBuilder("Measured on " + machine + ". Rounds: " + options.rounds()
                    + ", of " + options.span().measured().toMillis() / 1e3 + " s for each side.\n\n");
            report.append(Targets.of(results)).append('\n').append(Tables.of(results));
            if (options.throughPostfix() > 0) {
                SeedExperiment seed = new SeedExperiment(sides, options.throughPostfix(), System.err::println);
                report.append('\n').append(seed.words()).append("\n\n").append(SeedExperiment.table(seed.run()));
            }
            if (options.innerParts()) {
                report.append("\nThe hot inner parts, by JMH:\n\n").append(innerParts(sides, options));
            }
            System.out.println(report);
            if (options.write()) {
                Path docs = Path.of(System.getProperty("jamesmailman.docs"));
                new Page(docs.resolve("benchmarks.md")).write(report.toString());
                new Plots(results, docs.resolve("benchmarks")).write();
            }
        }
    }

    /** On the largest site that has been measured. */
    private static String innerParts(Sides sides, Options options) throws RunnerException {
        int lists = options.plan().cells().stream()
                .filter(cell -> cell.side().knowsLists())
                .mapToInt(Cell::lists)
                .max()
                .orElse(Plan.FEW_LISTS);
        TimeValue iteration = TimeValue.milliseconds(options.span().measured().toMillis() / 3);
        return new InnerParts(sides.database(lists), lists, Sites.MEMBERS_OF_EACH, iteration).measure();
    }
}
