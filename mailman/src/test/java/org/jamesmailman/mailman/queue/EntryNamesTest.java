// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jamesmailman.mailman.address.Destination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNamesTest {
    private static final Destination ANT = new Destination("ant.example.com", "ant@example.com", Optional.empty());
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicInteger messages = new AtomicInteger();

    @Test
    void givesDecimalSecondsAPlusAndFortyHexadecimalDigits() {
        assertThat(names(InstantSource.system()).next(fingerprint()).toString())
                .matches("[0-9]{10}\\.[0-9]{6}\\+[0-9a-f]{40}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 1772366400.000000",
        "2026-03-01T12:00:00.000001Z, 1772366400.000001",
        "2026-03-01T12:00:00.010203999Z, 1772366400.010203",
        "2026-03-01T12:00:00.999999Z, 1772366400.999999",
    })
    void padsTheFractionSoThatItIsAFraction(Instant now, String seconds) {
        assertThat(names(InstantSource.fixed(now)).next(fingerprint()).toString())
                .startsWith(seconds + "+");
    }

    @Test
    void givesLaterNumbersWhileTheClockStandsStill() {
        assertSortedAndUnique(take(names(InstantSource.fixed(NOON)), 2_000));
    }

    @Test
    void carriesIntoTheNextSecond() {
        EntryNames names = names(InstantSource.fixed(NOON.minusNanos(1_000)));
        assertThat(names.next(fingerprint()).toString()).startsWith("1772366399.999999+");
        assertThat(names.next(fingerprint()).toString()).startsWith("1772366400.000000+");
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
    void givesTheDigitsOfTheFingerprint() {
        Fingerprint fingerprint = new Fingerprint(0x0123456789abcdefL, -1, 16);
        assertThat(names(InstantSource.fixed(NOON)).next(fingerprint))
                .hasToString("1772366400.000000+0123456789abcdefffffffffffffffff00000010");
    }

    @Test
    void spreadsTheDigitsOverMailmansSlices() {
        EntryNames names = names(InstantSource.fixed(NOON));
        int[] slices = new int[16];
        for (String name : take(names, 16_000)) {
            slices[Character.digit(name.charAt(name.indexOf('+') + 1), 16)]++;
        }
        // Six standard deviations, and the same each time.
        assertThat(IntStream.of(slices).boxed()).allMatch(count -> Math.abs(count - 1_000) < 184);
    }

    @Test
    void areReadAgain() {
        for (String name : take(names(InstantSource.fixed(NOON.plusNanos(1_000))), 100)) {
            assertThat(EntryName.parse(name)).get().hasToString(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1772366400.000000+0123456789abcdefffffffffffffffff0000001",
                "1772366400.000000+0123456789abcdefffffffffffffffff0000001g",
                "1772366400.0000001+0123456789abcdefffffffffffffffff00000010",
                "99999999999999999999.000000+0123456789abcdefffffffffffffffff00000010",
                "1772366400.000000+0123456789abcdefffffffffffffffff00000010.pck"
            })
    void areToldFromOtherNames(String name) {
        assertThat(EntryName.parse(name)).isEmpty();
    }

    private static EntryNames names(InstantSource clock) {
        return new EntryNames(clock);
    }

    private Fingerprint fingerprint() {
        return Fingerprint.of("anne@example.net", "ant@example.com", ANT, messages.getAndIncrement(), new byte[32]);
    }

    private List<String> take(EntryNames names, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> names.next(fingerprint()).toString())
                .toList();
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
