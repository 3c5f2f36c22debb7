// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    private static final String REJECTED = """
            {"verdict":"reject","rule":"nonmember-moderation",\
            "reply":"550 5.7.2 <bee@example.com> you are not allowed to post to this mailing list","queue":null}""";

    @TempDir
    private Path folder;

    @Test
    void answersEachLineInOrder() {
        assertThat(answers(
                        line("carl@example.org", "bee@example.com", "From: carl@example.org\n\nHi!\n"),
                        line("", "ant-bounces@example.com", "\n"),
                        line("", "nobody@example.com", "")))
                .containsExactly(REJECTED, """
                        {"verdict":"accept","rule":"subaddress",\
                        "reply":"250 2.0.0 <ant-bounces@example.com> queued as ENTRY","queue":"bounces"}""", """
                        {"verdict":"reject","rule":"no-such-list",\
                        "reply":"550 5.1.1 <nobody@example.com> no such mailing list here","queue":null}""");
    }

    @Test
    void goesOnAfterALineThatCannotBeRead() {
        String good = line("carl@example.org", "bee@example.com", "From: carl@example.org\n\nHi!\n");

        assertThat(answers("", good, "nonsense", good, "x".repeat(5_000), good))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("{\"error\":\"line 1: the line is empty\"}"),
                        second -> assertThat(second).isEqualTo(REJECTED),
                        third -> assertThat(third).startsWith("{\"error\":\"line 3: this is not JSON"),
                        fourth -> assertThat(fourth).isEqualTo(REJECTED),
                        fifth -> assertThat(fifth)
                                .isEqualTo("{\"error\":\"line 5: the line is longer than 4096 octets\"}"),
                        sixth -> assertThat(sixth).isEqualTo(REJECTED));
    }

    @Test
    void keepsTheOrderOfManyLines() {
        String[] questions = IntStream.range(0, 2_000)
                .mapToObj(i -> line("", "list" + i + "@example.com", "x".repeat(i)))
                .toArray(String[]::new);

        List<String> answers = answers(questions);

        for (int i = 0; i < questions.length; i++) {
            assertThat(answers.get(i)).contains("<list" + i + "@example.com>");
        }
    }

    @Test
    void countsWhatItCouldNotRead() throws IOException {
        byte[] input = ("x\n" + line("", "ant@example.com", "\n") + "\ny").getBytes(UTF_8);

        assertThat(lines(false).answer(new ByteArrayInputStream(input), OutputStream.nullOutputStream()))
                .isEqualTo(new JsonLines.Count(3, 2));
    }

    @Test
    void tellsTheReasonsWhenAsked() throws IOException {
        byte[] input = line("carl@example.org", "bee@example.com", "From: carl@example.org\n\n")
                .getBytes(UTF_8);
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        lines(true).answer(new ByteArrayInputStream(input), output);

        assertThat(output.toString(UTF_8)).endsWith("\"queue\":null,\"reason\":\"no sender is a member\"}\n");
    }

    @Test
    void answersAtOnceWhoWaitsForTheAnswer() throws Exception {
        try (PipedInputStream in = new PipedInputStream();
                PipedOutputStream out = new PipedOutputStream();
                PipedInputStream answers = new PipedInputStream(out)) {
            CompletableFuture<JsonLines.Count> done;
            try (PipedOutputStream questions = new PipedOutputStream(in)) {
                done = CompletableFuture.supplyAsync(() -> answer(in, out));
                byte[] question = (line("carl@example.org", "bee@example.com", "From: carl@example.org\n\n") + "\n")
                        .getBytes(UTF_8);
                for (int i = 0; i < 3; i++) {
                    questions.write(question);
                    questions.flush();
                    // Nothing more is written before this has come.
                    assertThat(new String(answers.readNBytes(REJECTED.length() + 1), UTF_8))
                            .isEqualTo(REJECTED + "\n");
                }
            }
            assertThat(done.get()).isEqualTo(new JsonLines.Count(3, 0));
        }
    }

    @Test
    void stopsWhenTheAnswersReachNobody() {
        InputStream questions = new ByteArrayInputStream("x\n".repeat(100_000).getBytes(US_ASCII));
        OutputStream broken = new Output(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThatThrownBy(() -> lines(false).answer(questions, broken))
                .isInstanceOfSatisfying(OutputLostException.class, e -> assertThat(e.isReaderGone())
                        .isTrue());
    }

    private List<String> answers(String... questions) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        answer(new ByteArrayInputStream(String.join("\n", questions).getBytes(UTF_8)), output);
        List<String> answers = output.toString(UTF_8).lines().toList();
        assertThat(answers).hasSize(questions.length);
        return answers;
    }

    private JsonLines.Count answer(InputStream in, OutputStream out) {
        try {
            return lines(false).answer(in, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonLines lines(boolean withReasons) {
        return new JsonLines(SiteFolder.in(folder).pipeline(), withReasons, 4096);
    }

    private static String line(String mailFrom, String recipient, String message) {
        return "{\"mailFrom\":\"" + mailFrom + "\",\"rcpt\":\"" + recipient + "\",\"message\":\""
                + Base64.getEncoder().encodeToString(message.getBytes(UTF_8)) + "\"}";
    }
}
