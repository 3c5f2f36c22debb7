// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryNamesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LIST = "ant.example.com";

    @Test
    void givesDecimalSecondsAPlusAndFortyHexadecimalDigits() {
        assertThat(names(InstantSource.system()).next(LIST)).matches("[0-9]{10}\\.[0-9]{6}\\+[0-9a-f]{40}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 1772366400.000000",
        "2026-03-01T12:00:00.000001Z, 1772366400.000001",
        "2026-03-01T12:00:00.010203999Z, 1772366400.010203",
        "2026-03-01T12:00:00.999999Z, 1772366400.999999",
    })
    void padsTheFractionSoThatItIsAFraction(Instant now, String seconds) {
        assertThat(names(InstantSource.fixed(now)).next(LIST)).startsWith(seconds + "+");
    }

    @Test
    void givesLaterNumbersWhileTheClockStandsStill() {
        assertSortedAndUnique(take(names(InstantSource.fixed(NOON)), 2_000));
    }

    @Test
    void carriesIntoTheNextSecond() {
        EntryNames names = names(InstantSource.fixed(NOON.minusNanos(1_000)));
        assertThat(names.next(LIST)).startsWith("1772366399.999999+");
        assertThat(names.next(LIST)).startsWith("1772366400.000000+");
    }

    @Test
    void givesLaterNumbersWhenTheClockStepsBack() {
        List<Instant> ticks =
                new ArrayList<>(List.of(NOON, NOON.minusSeconds(3600), NOON.plusMillis(1), NOON.minusSeconds(1)));
        List<String> names = take(names(() -> ticks.remove(0)), 4);
        assertSortedAndUnique(names);
        assertThat(names.get(1)).startsWith("1772366400.000001+");
        assertThat(names.get(2)).as("the clock is right again").startsWith("1772366400.001000+");
        assertThat(names.get(3)).startsWith("1772366400.001001+");
    }

    @Test
    void givesNoNameTwiceToManyThreads() throws Exception {
        EntryNames names = names(InstantSource.fixed(NOON));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<String>> taking = () -> take(names, 500);
            Set<String> all = new HashSet<>();
            Set<String> numbers = new HashSet<>();
            for (Future<List<String>> taken : pool.invokeAll(Collections.nCopies(8, taking))) {
                for (String name : taken.get()) {
                    all.add(name);
                    numbers.add(number(name));
                }
            }
            assertThat(all).hasSize(4_000);
            assertThat(numbers).hasSize(4_000);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void givesOtherDigitsInAnotherProcessAtTheSameMoment() {
        List<String> here = take(names(InstantSource.fixed(NOON)), 100);
        List<String> there = take(names(InstantSource.fixed(NOON)), 100);
        assertThat(here).doesNotContainAnyElementsOf(there);
    }

    @Test
    void spreadsTheDigitsOverMailmansSlices() throws Exception {
        SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
        seeded.setSeed(42);
        EntryNames names = new EntryNames(InstantSource.fixed(NOON), seeded);
        int[] slices = new int[16];
        for (String name : take(names, 16_000)) {
            slices[Character.digit(name.charAt(name.indexOf('+') + 1), 16)]++;
        }
        // Six standard deviations: seeded, so it is the same each time.
        assertThat(IntStream.of(slices).boxed()).allMatch(count -> Math.abs(count - 1_000) < 184);
    }

    private static EntryNames names(InstantSource clock) {
        return new EntryNames(clock, new SecureRandom());
    }

    private static List<String> take(EntryNames names, int count) {
        return IntStream.range(0, count).mapToObj(i -> names.next(LIST)).toList();
    }

    /** As Mailman's runners sort them: by the number before the plus. */
    private static void assertSortedAndUnique(List<String> names) {
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).isSortedAccordingTo(Comparator.comparingDouble(name -> Double.parseDouble(number(name))));
        assertThat(names.stream().map(EntryNamesTest::number).map(Double::parseDouble))
                .as("also as Python's floats")
                .doesNotHaveDuplicates();
    }

    private static String number(String name) {
        return name.substring(0, name.indexOf('+'));
    }
}
