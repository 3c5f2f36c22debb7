// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import org.jamesmailman.benchmarks.lmtp.report.Tables;
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
            Results results = new Rounds(options, sides, System.err::println).run();
            System.out.println(Tables.of(results));
        }
    }
}
