// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.nio.file.Path;
import org.jamesmailman.benchmarks.lmtp.report.Machine;
import org.jamesmailman.benchmarks.lmtp.report.Page;
import org.jamesmailman.benchmarks.lmtp.report.Plots;
import org.jamesmailman.benchmarks.lmtp.report.Tables;
import org.jamesmailman.benchmarks.lmtp.report.Targets;
import org.jamesmailman.benchmarks.lmtp.sides.Sides;

/**
 * Measures our server beside others: {@code benchmarks/lmtp.sh} starts it and tells its arguments. Progress goes to
 * standard error, the tables to standard output.
 */
public final class LmtpBenchmark {
    private LmtpBenchmark() {}

    /** @param arguments see {@link Options#USAGE} */
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
            String report = "Measured on " + machine + ".\n\n" + Targets.of(results) + "\n" + Tables.of(results);
            System.out.println(report);
            if (options.write()) {
                Path docs = Path.of(System.getProperty("jamesmailman.docs"));
                new Page(docs.resolve("benchmarks.md")).write(report);
                new Plots(results, docs.resolve("benchmarks")).write();
            }
        }
    }
}
