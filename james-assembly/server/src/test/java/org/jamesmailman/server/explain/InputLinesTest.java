// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputLinesTest {
    private static final int MAX = 10;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void readsLinesHoweverTheyCome(int chunk) throws IOException {
        assertThat(lines("one\n\ntwo\r\n0123456789\nlast", chunk))
                .containsExactly("one", "", "two\r", "0123456789", "last");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void readsOverALineThatIsTooLong(int chunk) throws IOException {
        assertThat(lines("one\n01234567890\ntwo\n" + "x".repeat(100) + "\nthree\n" + "y".repeat(50), chunk))
                .containsExactly("one", "TOO_LONG", "two", "TOO_LONG", "three", "TOO_LONG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one\n"})
    void endsWithTheInput(String text) throws IOException {
        assertThat(lines(text, 3)).hasSize((int) text.lines().count());
    }

    @Test
    void readsLinesThatAreLongerThanItsFirstBuffer() throws IOException {
        String longLine = "z".repeat(1_000_000);
        InputLines lines = new InputLines(
                new ByteArrayInputStream((longLine + "\nshort\n").getBytes(ISO_8859_1)), 1_000_000, () -> {});

        assertThat(lines.next()).isEqualTo(InputLines.Found.LINE);
        assertThat(text(lines)).isEqualTo(longLine);
        assertThat(lines.next()).isEqualTo(InputLines.Found.LINE);
        assertThat(text(lines)).isEqualTo("short");
        assertThat(lines.next()).isEqualTo(InputLines.Found.END);
    }

    @Test
    void flushesTheAnswersBeforeItWaits() throws IOException {
        AtomicInteger flushes = new AtomicInteger();
        InputStream in = new Chunks("one\ntwo\nthree\n".getBytes(ISO_8859_1), 8);
        InputLines lines = new InputLines(in, 100, flushes::incrementAndGet);

        lines.next();
        assertThat(flushes).hasValue(0);
        lines.next();
        assertThat(flushes).as("flushes while a line is there already").hasValue(0);
        lines.next();
        lines.next();
        assertThat(flushes).as("flushes at the end of the input").hasValue(1);
    }

    private static List<String> lines(String text, int chunk) throws IOException {
        InputLines input = new InputLines(new Chunks(text.getBytes(ISO_8859_1), chunk), MAX, () -> {});
        List<String> lines = new ArrayList<>();
        for (InputLines.Found found = input.next(); found != InputLines.Found.END; found = input.next()) {
            lines.add(found == InputLines.Found.LINE ? text(input) : found.name());
        }
        assertThat(input.next()).isEqualTo(InputLines.Found.END);
        return lines;
    }

    private static String text(InputLines lines) {
        return new String(lines.line(), ISO_8859_1);
    }

    /** Gives no more than so many octets at a time. */
    private static final class Chunks extends ByteArrayInputStream {
        private final int chunk;

        Chunks(byte[] octets, int chunk) {
            super(octets);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, chunk));
        }
    }
}
