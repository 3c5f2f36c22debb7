// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;

/** What has been measured, round by round. Used by one thread. */
public final class Results {
    private final Map<Cell, List<Measurement>> rounds = new LinkedHashMap<>();
    private final List<Start> starts = new ArrayList<>();

    /**
     * One start of our server.
     *
     * @param seconds from its command to READY
     * @param residentMib its resident memory, at rest
     */
    public record Start(double seconds, double residentMib) {}

    void add(Cell cell, Measurement measurement) {
        rounds.computeIfAbsent(cell, key -> new ArrayList<>()).add(measurement);
    }

    void add(Start start) {
        starts.add(start);
    }

    /** In the order in which they were measured first. */
    public List<Cell> cells() {
        return List.copyOf(rounds.keySet());
    }

    /** The starts of our server, one for each round. */
    public List<Start> starts() {
        return List.copyOf(starts);
    }

    /** What was measured of a cell; empty when nothing was. */
    public List<Measurement> of(Cell cell) {
        return List.copyOf(rounds.getOrDefault(cell, List.of()));
    }

    /** What was measured of a side; where it knows no lists, their number does not matter. */
    public List<Measurement> of(Kind side, int lists, Workload workload) {
        return rounds.entrySet().stream()
                .filter(entry -> entry.getKey().side() == side
                        && entry.getKey().workload().equals(workload)
                        && (!side.knowsLists() || entry.getKey().lists() == lists))
                .map(Map.Entry::getValue)
                .map(List::copyOf)
                .findFirst()
                .orElseGet(List::of);
    }

    /** The median over the rounds; NaN when there is none. */
    public static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> what) {
        return median(measurements.stream().mapToDouble(what).toArray());
    }

    /** The median; NaN when there is none. */
    public static double median(double... values) {
        List<Double> sorted = IntStream.range(0, values.length)
                .mapToObj(i -> values[i])
                .sorted(Comparator.naturalOrder())
                .toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The median of the ratios of each round, so that what slows the machine for a while slows both; empty when one was
     * not measured.
     */
    public static OptionalDouble ratio(List<Measurement> of, List<Measurement> to, ToDoubleFunction<Measurement> what) {
        int count = Math.min(of.size(), to.size());
        if (count == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(median(IntStream.range(0, count)
                .mapToDouble(i -> what.applyAsDouble(of.get(i)) / what.applyAsDouble(to.get(i)))
                .toArray()));
    }
}
