// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;

/**
 * What is measured in each round, in this order.
 *
 * @param cells without duplicates
 */
public record Plan(List<Cell> cells) {
    /** What the others are compared by. */
    public static final Workload BASE = new Workload(4 * 1_024, 1, 8, true);

    public static final int FEW_LISTS = 10;
    public static final int MANY_LISTS = 10_000;

    private static final List<Kind> FAST = List.of(Kind.OURS, Kind.DISK, Kind.DOVECOT, Kind.MAILMAN, Kind.SINK);

    /** What the tables and plots of {@code docs/benchmarks.md} want. */
    static Plan ofTheDocumentation() {
        List<Cell> cells = new ArrayList<>();
        add(cells, BASE, FEW_LISTS, List.of(Kind.values()));
        for (int lists : new int[] {1_000, MANY_LISTS}) {
            add(cells, BASE, lists, List.of(Kind.OURS, Kind.MAILMAN));
        }
        for (int sessions : new int[] {1, 32, 128}) {
            add(cells, with(sessions), FEW_LISTS, FAST);
        }
        add(cells, new Workload(BASE.size(), 10, BASE.sessions(), true), FEW_LISTS, FAST);
        add(cells, large(BASE.sessions()), FEW_LISTS, FAST);
        add(cells, large(32), FEW_LISTS, List.of(Kind.OURS, Kind.DISK, Kind.DOVECOT));
        add(
                cells,
                new Workload(BASE.size(), 1, BASE.sessions(), false),
                FEW_LISTS,
                List.of(Kind.OURS, Kind.DOVECOT, Kind.MAILMAN, Kind.SINK));
        return new Plan(List.copyOf(cells));
    }

    /** The base with another number of sessions. */
    public static Workload with(int sessions) {
        return new Workload(BASE.size(), BASE.recipients(), sessions, BASE.keepsConnections());
    }

    /** The same with large messages. */
    public static Workload large(int sessions) {
        return new Workload(100 * 1_024, BASE.recipients(), sessions, BASE.keepsConnections());
    }

    /** Every combination of what is chosen. */
    static Plan of(List<Kind> sides, int[] sizes, int[] recipients, int[] sessions, List<Boolean> kept, int[] lists) {
        List<Cell> cells = new ArrayList<>();
        for (int size : sizes) {
            for (int each : recipients) {
                for (int at : sessions) {
                    for (boolean keeps : kept) {
                        Arrays.stream(lists).forEach(of -> add(cells, new Workload(size, each, at, keeps), of, sides));
                    }
                }
            }
        }
        return new Plan(List.copyOf(cells));
    }

    private static void add(List<Cell> cells, Workload workload, int lists, List<Kind> sides) {
        for (Kind side : sides) {
            // Who knows no lists is not measured once more for another number of them.
            boolean isThere = !side.knowsLists()
                    && cells.stream()
                            .anyMatch(cell ->
                                    cell.side() == side && cell.workload().equals(workload));
            if (!isThere) {
                cells.add(new Cell(side, lists, workload));
            }
        }
    }
}
