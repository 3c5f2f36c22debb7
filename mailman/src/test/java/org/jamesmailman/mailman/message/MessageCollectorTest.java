// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCollectorTest {
    private static final int THRESHOLD = 100_000;

    @TempDir
    Path folder;

    private static byte[] octets(WireMessage message) throws IOException {
        try (var stream = message.openStream()) {
            return stream.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000000",
        "1, 1000000",
        "8192, 1000000",
        "99999, 1000000",
        "100001, 1000000",
        "3000000, 1000000",
        "50000, 0",
        "50000, 20000",
        "3000000, 0"
    })
    void keepsEveryOctetWhateverItsPiecesAndTheMemoryThatIsLeft(int size, int memory) throws IOException {
        long seed = Long.getLong("mailman.collector.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] message = new byte[size];
        random.nextBytes(message);
        MemoryBudget budget = new MemoryBudget(memory);
        try (MessageCollector collector = new MessageCollector(folder, THRESHOLD, 0, budget)) {
            int position = 0;
            while (position < size) {
                int length = Math.min(size - position, 1 + random.nextInt(random.nextBoolean() ? 100 : 200_000));
                collector.add(ByteBuffer.wrap(message, position, length));
                position += length;
            }

            assertThat(octets(collector.finish()))
                    .as("mailman.collector.seed=%s", seed)
                    .isEqualTo(message);
        }
        assertThat(budget.take(memory)).as("all memory is given back").isTrue();
    }

    @Test
    void takesNoMoreMemoryThanThereIs() throws IOException {
        MemoryBudget budget = new MemoryBudget(50_000);
        try (MessageCollector first = new MessageCollector(folder, THRESHOLD, 0, budget);
                MessageCollector second = new MessageCollector(folder, THRESHOLD, 0, budget)) {
            first.add(ByteBuffer.allocate(50_000));
            second.add(ByteBuffer.allocate(50_000));

            assertThat(first.finish()).isInstanceOf(HeapMessage.class);
            assertThat(second.finish()).isNotInstanceOf(HeapMessage.class);
        }
    }

    @Test
    void keepsSmallMessagesInMemoryHoweverLittleIsLeft() throws IOException {
        try (MessageCollector collector = new MessageCollector(folder, THRESHOLD, 0, new MemoryBudget(0))) {
            collector.add(ByteBuffer.allocate(4_096));

            assertThat(collector.finish()).isInstanceOf(HeapMessage.class);
        }
    }

    @Test
    void givesBackTheMemoryOfAMessageThatIsTooBig() throws IOException {
        MemoryBudget budget = new MemoryBudget(90_000);
        try (MessageCollector collector = new MessageCollector(folder, THRESHOLD, 90_000, budget)) {
            collector.add(ByteBuffer.allocate(80_000));
            collector.add(ByteBuffer.allocate(20_000));

            assertThat(collector.isTooBig()).isTrue();
            assertThat(budget.take(90_000)).isTrue();
            budget.give(90_000);
        }
        assertThat(budget.take(90_001)).isFalse();
    }

    @Test
    void leavesNoNameOfItsFile() throws IOException {
        try (MessageCollector collector = new MessageCollector(folder, THRESHOLD, 0, new MemoryBudget(0))) {
            collector.add(new byte[THRESHOLD + 1], 0, THRESHOLD + 1);

            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void saysWhenThereIsNoRoomForItsFile() throws IOException {
        Path missing = folder.resolve("missing");
        try (MessageCollector collector = new MessageCollector(missing, THRESHOLD, 0, new MemoryBudget(0))) {
            assertThatThrownBy(() -> collector.add(ByteBuffer.allocate(THRESHOLD + 1)))
                    .isInstanceOf(IOException.class);
        }
    }
}
