// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jamesmailman.benchmarks.lmtp.sides.James;
import org.jamesmailman.benchmarks.lmtp.sides.Side;
import org.jamesmailman.benchmarks.lmtp.sides.Sides;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;

/**
 * Measures all sides in turn, again and again, so that the ratios hold also where the machine is not always the same.
 */
final class Rounds {
    /** After READY, before the memory at rest is read. */
    private static final Duration REST = Duration.ofSeconds(2);

    /** So short that no queue gets so long that its server takes no more. */
    private static final Duration WARM_UP_PIECE = Duration.ofSeconds(4);

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(3);

    private final Options options;
    private final Sides sides;
    private final Consumer<String> progress;
    private final Results results = new Results();

    Rounds(Options options, Sides sides, Consumer<String> progress) {
        this.options = options;
        this.sides = sides;
        this.progress = progress;
    }

    Results run() throws InterruptedException {
        List<Cell> cells = options.plan().cells();
        progress.accept("starting the sides");
        cells.forEach(cell -> sides.of(cell.side(), cell.lists()));
        warmUp(cells);
        for (int round = 1; round <= options.rounds(); round++) {
            if (cells.stream().anyMatch(cell -> cell.side() == Kind.OURS)) {
                results.add(start());
            }
            for (Cell cell : inTurn(cells, round)) {
                Measurement measured = sides.of(cell.side(), cell.lists()).measure(cell.workload(), options.span());
                results.add(cell, measured);
                progress.accept(String.format(
                        Locale.ROOT,
                        "round %d of %d: %s: %.0f/s, p99 %.1f ms, %.2f ms of processor",
                        round,
                        options.rounds(),
                        cell.words(),
                        measured.rate(),
                        measured.p99(),
                        measured.cpuMillis()));
            }
        }
        return results;
    }

    /** By the same number of messages for each of our servers: Java's compilers have done their work by then. */
    private void warmUp(List<Cell> cells) {
        if (options.warmUp() == 0) {
            return;
        }
        Map<Side, Cell> first = new LinkedHashMap<>();
        cells.stream()
                .filter(cell -> cell.side() != Kind.INJECT)
                .forEach(cell -> first.putIfAbsent(sides.of(cell.side(), cell.lists()), cell));
        first.forEach((side, cell) -> {
            progress.accept("warming up " + cell.words());
            double left = cell.side() == Kind.OURS ? options.warmUp() : 1;
            long start = System.nanoTime();
            while (left > 0 && System.nanoTime() - start < LONGEST_WARM_UP.toNanos()) {
                Measurement piece = side.measure(cell.workload(), new Side.Span(Duration.ZERO, WARM_UP_PIECE));
                left -= piece.rate() * WARM_UP_PIECE.toSeconds();
            }
        });
    }

    /** The sides of one workload take turns in being the first. */
    private static List<Cell> inTurn(List<Cell> cells, int round) {
        Map<Workload, List<Cell>> byWorkload = new LinkedHashMap<>();
        cells.forEach(cell -> byWorkload
                .computeIfAbsent(cell.workload(), key -> new ArrayList<>())
                .add(cell));
        byWorkload.values().forEach(group -> Collections.rotate(group, round - 1));
        return byWorkload.values().stream().flatMap(List::stream).toList();
    }

    private Results.Start start() throws InterruptedException {
        try (James james = James.start(sides.mailman(Plan.FEW_LISTS))) {
            Thread.sleep(REST.toMillis());
            return new Results.Start(james.startToReady().toMillis() / 1e3, james.residentMib());
        }
    }
}
