// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static final String POST = "From: carl@example.org\nSubject: Hello\n\nHi!\n";
    private static final Instant NOW = Instant.parse("2026-01-31T15:30:00Z");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsInWords() {
        SiteFolder.in(folder);

        assertThat(run(POST, "--mail-from", "carl@example.org", "--rcpt", "bee@example.com"))
                .isZero();
        assertThat(output())
                .contains(
                        "verdict         reject\n",
                        "rule            nonmember-moderation: no sender is a member\n",
                        "reply           550 5.7.2 <bee@example.com> you are not allowed to post to this mailing list\n",
                        "queue           none\n",
                        "settings        policy.mode=enforce, policy.on-discard=drop\n",
                        "mail from       <carl@example.org>\n",
                        "rcpt to         <bee@example.com>\n",
                        "list-id         bee.example.com\n",
                        "posting address bee@example.com\n",
                        "message         47 octets, no defects\n",
                        "  banned-address       miss\n",
                        "  nonmember-moderation reject  no sender is a member\n",
                        "      read: senders carl@example.org",
                        "lists           5, read from the file " + folder.resolve("lists.json")
                                + " at 2026-01-31T12:00:00Z, 3 h ago\n",
                        "pipeline        RejectMalformedMime -> CheckPostingPermission -> EnqueueToMailman");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void explainsInJson() {
        SiteFolder.in(folder, "policy.mode=observe");

        assertThat(run(POST, "--json", "--mail-from=carl@example.org", "--rcpt=<bee@example.com>"))
                .isZero();
        assertThat(output()).startsWith("""
                        {"verdict":"reject","rule":"nonmember-moderation","reason":"no sender is a member",\
                        "reply":"250 2.0.0 <bee@example.com> queued as ENTRY",\
                        "replyIfEnforced":"550 5.7.2 <bee@example.com> you are not allowed to post to this mailing list",\
                        "queue":"in","mailFrom":"carl@example.org","rcpt":"bee@example.com",\
                        "destination":{"listId":"bee.example.com","postingAddress":"bee@example.com","subaddress":null},\
                        "message":{"octets":47,"defects":[],"doubt":null},"rules":[{"rule":""").endsWith("""
                        "settings":{"policy.mode":"observe","policy.on-discard":"drop"},\
                        "directory":{"source":"the file %s","takenAt":"2026-01-31T12:00:00Z","ageSeconds":12600,"lists":5},\
                        "pipeline":["RejectMalformedMime","CheckPostingPermission","EnqueueToMailman"]}
                        """.formatted(folder.resolve("lists.json")));
    }

    @Test
    void tellsWhatTheSenderWouldHearOfAnEnforcingSite() {
        SiteFolder.in(folder, "policy.mode=observe");

        assertThat(run(POST, "--mail-from", "carl@example.org", "--rcpt", "bee@example.com"))
                .isZero();
        assertThat(output())
                .contains(
                        "reply           250 2.0.0 <bee@example.com> queued as ENTRY\n",
                        "if enforced     550 5.7.2 <bee@example.com> you are not allowed to post to this mailing list\n",
                        "policy.mode=observe (the policy refuses nothing)");
    }

    @Test
    void explainsADefectAndASubaddress() {
        SiteFolder.in(folder);

        assertThat(run("Content-Type: multipart/mixed\n\n", "--mail-from", "<>", "--rcpt", "ant-owner@example.net"))
                .isZero();
        assertThat(output())
                .contains(
                        "verdict         reject\n",
                        "mail from       <>\n",
                        "posting address ant@example.com\n",
                        "subaddress      owner\n",
                        "defect          no-boundary-in-multipart: The Content-Type is multipart",
                        "rules           none of Mailman's was asked\n");
    }

    @Test
    void explainsForEachRecipient() {
        SiteFolder.in(folder);

        assertThat(run(POST, "--json", "--mail-from", "", "--rcpt", "nobody@example.com", "--rcpt", "dog@example.com"))
                .isZero();
        assertThat(output().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"verdict\":\"reject\",\"rule\":\"no-such-list\""),
                        second -> assertThat(second).startsWith("{\"verdict\":\"leave\",\"rule\":\"posting-chain\""));
    }

    @Test
    void letsNothingThatAnOutsiderShapedReachTheTerminal() {
        SiteFolder.in(folder);

        assertThat(run("From: \u001b[31mx@example.org\n\n", "--mail-from", "a\u001b[0m", "--rcpt", "bee@example.com"))
                .isZero();
        assertThat(output()).matches("[\\n -~]+");
    }

    @Test
    void answersLineByLine() {
        SiteFolder.in(folder);

        assertThat(run("x\n{\"mailFrom\":\"\",\"rcpt\":\"ant@example.com\",\"message\":\"\"}\n", "--jsonl"))
                .isZero();
        assertThat(output().lines()).hasSize(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("james-mailman: 1 of 2 lines could not be read: see their \"error\"\n");
    }

    @Test
    void writesNothingBesideItsOutput() throws IOException {
        SiteFolder.in(folder);
        List<Path> before = files();

        run(POST, "--mail-from", "carl@example.org", "--rcpt", "bee@example.com");

        assertThat(files()).isEqualTo(before);
        assertThat(Path.of("/nonexistent")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--mail-from a@b",
                "--rcpt a@b",
                "--mail-from a@b --rcpt",
                "--mail-from a@b --mail-from c@d --rcpt e@f",
                "--mail-from a@b --rcpt c@d --reasons",
                "--mail-from a@b --rcpt c@d --json=yes",
                "--jsonl --json",
                "--jsonl --rcpt a@b",
                "--jsonl --conf x --conf y",
                "message.eml"
            })
    void saysHowItIsUsed(String arguments) {
        SiteFolder.in(folder);

        assertThat(run(POST, arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("james-mailman: ").contains("usage: james-mailman explain ");
        assertThat(output()).isEmpty();
    }

    @Test
    void helps() {
        assertThat(run("", "--help")).isZero();
        assertThat(output()).startsWith("usage: james-mailman explain ");
    }

    @Test
    void saysThatThereAreNoSettings() {
        assertThat(run(POST, "--jsonl")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("james-mailman: there is no " + folder.resolve("mailman.properties")
                        + ": name the folder that holds it by --conf DIR\n");
    }

    @Test
    void saysWhatIsWrongWithTheSettings() {
        SiteFolder.in(folder, "policy.mode=perhaps");

        assertThat(run(POST, "--jsonl")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("policy.mode is \"perhaps\": set it to one of enforce, observe");
    }

    @Test
    void saysWhatIsWrongWithTheLists() throws IOException {
        SiteFolder.in(folder);
        Files.writeString(folder.resolve("lists.json"), "{");

        assertThat(run(POST, "--jsonl")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("lists.json", "this is not JSON");
    }

    @Test
    void endsQuietlyWhenNobodyReadsOn() {
        assertThat(runInto(failing("Broken pipe"))).isEqualTo(141);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysThatTheOutputCannotBeWritten() {
        assertThat(runInto(failing("No space left on device"))).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualTo("james-mailman: the output cannot be written: No space left on device\n");
    }

    private int runInto(OutputStream output) {
        SiteFolder.in(folder);
        return explain("x\n", output, "--jsonl", "--conf", folder.toString());
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private int run(String input, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (!all.contains("--conf")) {
            all.addAll(0, List.of("--conf", folder.toString()));
        }
        return explain(input, out, all.toArray(String[]::new));
    }

    private int explain(String input, OutputStream output, String... arguments) {
        return new Explain(new Properties(), Map.of(), InstantSource.fixed(NOW))
                .run(
                        arguments,
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        output,
                        new PrintStream(err, true, UTF_8));
    }

    private String output() {
        return out.toString(UTF_8);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }
}
