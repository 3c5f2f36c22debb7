// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final Pattern LINE = Pattern.compile("[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++\\z");
    private static final int KEPT = 1024;

    @Test
    void endsLinesAtEachKindOfLineEnd() throws IOException {
        assertThat(lines("a\r\nb\nc\rd\n\re\r\r\nf", 1))
                .containsExactly("a\r\n", "b\n", "c\r", "d\n", "\r", "e\r", "\r\n", "f");
        assertThat(lines("", 1)).isEmpty();
        assertThat(lines("\r", 1)).containsExactly("\r");
    }

    @Test
    void keepsTheBeginningOfALineThatDoesNotFit() throws IOException {
        String text = "x".repeat(50_000) + "\r\nnext\r\n";

        assertThat(lines(text, 77)).containsExactly("x".repeat(KEPT), "next\r\n");
    }

    @RepeatedTest(50)
    void cracksAnyTextWhateverTheBitesItComesIn() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String text = text(random);
        List<String> expected = new ArrayList<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) {
            expected.add(matcher.group());
        }

        List<String> actual = lines(text, 1 + random.nextInt(10_000));

        assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            String line = actual.get(i);
            String whole = expected.get(i);
            assertThat(line)
                    .as("line %d of seed %d", i, seed)
                    .isEqualTo(line.length() == whole.length() ? whole : whole.substring(0, KEPT));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(100);
            text.append("x".repeat(length)).append(List.of("\r", "\n", "\r\n").get(random.nextInt(3)));
        }
        return text.toString();
    }

    private static List<String> lines(String text, int bite) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        InputStream in = new FilterInputStream(new ByteArrayInputStream(octets)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, bite));
            }
        };
        LineReader reader = new LineReader(in, octets.length, KEPT);
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(new String(
                    reader.buffer(), reader.start(), reader.end() - reader.start(), StandardCharsets.ISO_8859_1));
        }
        return lines;
    }
}
