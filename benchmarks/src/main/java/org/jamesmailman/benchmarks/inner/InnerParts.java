// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.inner;

import java.util.Locale;
import java.util.Map;
import org.jamesmailman.benchmarks.directory.Lookups;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the hot inner parts, and makes the table of them. */
public final class InnerParts {
    private static final Map<String, String> WORDS = Map.of(
            "framing", "framing, into memory",
            "mimePass", "MIME pass",
            "senders", "senders",
            "pickle", "pickle",
            "fingerprint", "fingerprint",
            "recipient", "resolver",
            "post", "policy");

    private final String site;
    private final int lists;
    private final int membersOfEach;
    private final TimeValue iteration;

    /**
     * @param site the JDBC URL of a large site, for what looks into the directory
     * @param iteration how long one iteration lasts, of which there are five, and five before them
     */
    public InnerParts(String site, int lists, int membersOfEach, TimeValue iteration) {
        this.site = site;
        this.lists = lists;
        this.membersOfEach = membersOfEach;
        this.iteration = iteration;
    }

    /** The table, in Markdown. */
    public String measure() throws RunnerException {
        StringBuilder table = new StringBuilder("| part | of | ns | octets allocated |\n| --- | --- | --- | --- |\n");
        for (RunResult result : new Runner(options(MessageParts.class).build()).run()) {
            String size = result.getParams().getParam("size");
            table.append(row(result, size + " KB", result.getPrimaryResult().getScore()));
        }
        ChainedOptionsBuilder lookups = options(Lookups.class)
                .param("url", site)
                .param("lists", Integer.toString(lists))
                .param("membersOfEach", Integer.toString(membersOfEach));
        for (RunResult result : new Runner(lookups.build()).run()) {
            double median = result.getPrimaryResult().getStatistics().getPercentile(50);
            table.append(row(result, String.format(Locale.ROOT, "%,d lists, median", lists), median));
        }
        return table.toString();
    }

    private ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .forks(1)
                .warmupIterations(5)
                .warmupTime(iteration)
                .measurementIterations(5)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                .verbosity(VerboseMode.SILENT);
    }

    @SuppressWarnings("rawtypes") // JMH's secondary results are raw.
    private static String row(RunResult result, String of, double nanos) {
        String benchmark = result.getParams().getBenchmark();
        String part = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        double allocated = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
        return String.format(Locale.ROOT, "| %s | %s | %,.0f | %,.0f |%n", WORDS.get(part), of, nanos, allocated);
    }
}
