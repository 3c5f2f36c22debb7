// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressTableTest {
    private static final int ADDRESSES = 200_000;

    private final AddressTable table = new AddressTable();

    private static String address(int number) {
        return "anne" + number + "@example.com";
    }

    @Test
    void showsWhatWasAddedOnceItIsPublished() {
        assertThat(table.add("anne@example.com")).isZero();
        assertThat(table.idOf("anne@example.com")).isEqualTo(AddressTable.ABSENT);
        assertThat(table.size()).isZero();
        table.publish();
        assertThat(table.idOf("anne@example.com")).isZero();
        assertThat(table.address(0)).isEqualTo("anne@example.com");
        assertThat(table.add("anne@example.com")).as("it is there already").isZero();
    }

    @Test
    void keepsNumbersOverTrimmingAndGrowing() {
        for (int i = 0; i < 1_000; i++) {
            table.add(address(i));
        }
        table.trim();
        for (int i = 1_000; i < 3_000; i++) {
            table.add(address(i));
            table.publish();
        }
        for (int i = 0; i < 3_000; i++) {
            assertThat(table.idOf(address(i))).isEqualTo(i);
            assertThat(table.address(i)).isEqualTo(address(i));
        }
        assertThat(table.idOf(address(3_000))).isEqualTo(AddressTable.ABSENT);
    }

    @Test
    void isMadeOfItsArrays() {
        byte[] octets = "a@xbb@yü@z".getBytes(StandardCharsets.UTF_8);
        AddressTable made = new AddressTable(octets, new int[] {3, 7, octets.length});
        assertThat(Stream.of("a@x", "bb@y", "ü@z", "a@xb").map(made::idOf)).containsExactly(0, 1, 2, -1);
    }

    @Test
    void answersOthersWhileItGrows() throws Exception {
        AtomicInteger published = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> reading = () -> {
                int lookups = 0;
                for (int known = 0; known < ADDRESSES; known = published.get()) {
                    // The last that is published, and some that are being added.
                    for (int number = Math.max(0, known - 1); number < known + 3; number++, lookups++) {
                        int id = table.idOf(address(number));
                        assertThat(id).isIn(number < known ? List.of(number) : List.of(number, AddressTable.ABSENT));
                    }
                }
                return lookups;
            };
            List<Future<Integer>> found = List.of(readers.submit(reading), readers.submit(reading));
            for (int i = 0; i < ADDRESSES; i++) {
                table.add(address(i));
                table.publish();
                published.set(i + 1);
            }
            for (Future<Integer> lookups : found) {
                assertThat(lookups.get()).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }
}
