// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectoryKeeper;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.Snapshot;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the directory of a large site and prints a table in Markdown: {@code benchmarks/directory.sh} starts it and
 * tells its arguments.
 */
public final class DirectoryBenchmark {
    private static final int REPETITIONS = 5;
    private static final List<Integer> SMALLER_SITES = List.of(10, 1_000);
    private static final Duration REFRESH = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String source;
    private final int lists;
    private final int members;
    private final int changes;
    private final Path folder;

    DirectoryBenchmark(String source, int lists, int members, int changes, Path folder) {
        this.source = source;
        this.lists = lists;
        this.members = members;
        this.changes = changes;
        this.folder = folder;
    }

    /** Runs it in a temporary folder. */
    public static void main(String[] arguments) throws Exception {
        String source = "sqlite";
        int lists = 10_000;
        int members = 100;
        int changes = 400;
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--source" -> source = value;
                case "--lists" -> lists = Integer.parseInt(value);
                case "--members" -> members = Integer.parseInt(value);
                case "--changes" -> changes = Integer.parseInt(value);
                default ->
                    throw new IllegalArgumentException("usage: directory.sh [--source"
                            + " sqlite|postgresql|rest] [--lists N] [--members N] [--changes N]");
            }
        }
        Path folder = Files.createTempDirectory("directory-benchmark");
        // Mailman runs as its own user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            new DirectoryBenchmark(source, lists, members, changes, folder).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    void run() throws Exception {
        say("| %,d lists x %,d members, %s | |", lists, members, source);
        say("| --- | --- |");
        for (int smaller : SMALLER_SITES) {
            if (smaller < lists) {
                try (LargeSite site =
                        LargeSite.make(folder("smaller" + smaller), SiteDatabase.named(source), smaller, members)) {
                    measureLookups(site);
                }
            }
        }
        try (LargeSite site = LargeSite.make(folder("site"), SiteDatabase.named(source), lists, members)) {
            measureLookups(site);
            measureLoading(site);
            measureChanges(site);
        }
    }

    private void measureLoading(LargeSite site) throws DirectoryException {
        List<Long> millis = new ArrayList<>();
        long empty = heap();
        long used = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            try (DirectorySource source = SiteDatabase.source(site.url())) {
                long start = System.nanoTime();
                Snapshot snapshot = source.load();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                used = heap() - empty;
                if (snapshot.listCount() < lists) {
                    throw new IllegalStateException("not all lists were read");
                }
            }
        }
        say("| full load, median of %d | %,d ms |", REPETITIONS, median(millis));
        say("| heap after a full collection, what is kept for reading by difference included | %.0f MB |", used / 1e6);
    }

    private void measureChanges(LargeSite site) throws Exception {
        Path saved = folder.resolve("lists.snapshot");
        try (DirectoryKeeper keeper =
                DirectoryKeeper.start(SiteDatabase.source(site.url()), REFRESH, Duration.ZERO, Optional.of(saved))) {
            keeper.awaitFirstLoad(PATIENCE);
            Changes.Latency latency = new Changes(site, keeper).measure(changes);
            say(
                    "| a change is visible, 20 a second being written: median, worst of %d | %,d ms, %,d ms |",
                    changes, latency.median(), latency.worst());
        }
        say("| size of the saved snapshot | %.0f MB |", Files.size(saved) / 1e6);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < REPETITIONS; i++) {
            millis.add(Restart.measure(site.url(), saved, lists));
        }
        say(
                "| lists known after a restart from the saved snapshot, Java's own start included, 256 MiB of heap,"
                        + " median of %d | %,d ms |",
                REPETITIONS, median(millis));
    }

    private void measureLookups(LargeSite site) throws RunnerException {
        var options = new OptionsBuilder()
                .include(Lookups.class.getName())
                .param("url", site.url())
                .param("lists", String.valueOf(site.lists()))
                .param("membersOfEach", String.valueOf(site.membersOfEach()))
                .forks(1)
                .warmupIterations(10)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            double median = result.getPrimaryResult().getStatistics().getPercentile(50);
            String what = result.getParams().getBenchmark().endsWith("recipient") ? "RCPT look-up" : "posting decision";
            say("| %s, median, at %,d lists | %,.0f ns |", what, site.lists(), median);
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return LongStream.of(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
