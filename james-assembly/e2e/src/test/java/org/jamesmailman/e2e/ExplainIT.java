// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jamesmailman.testing.AddressForms;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.MailmanRest;
import org.jamesmailman.testing.MailmanRest.Role;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.TemporaryFolder;
import org.jamesmailman.testing.WireReply;
import org.jamesmailman.testing.corpus.CorpusMessage;
import org.jamesmailman.testing.corpus.MessageCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code james-mailman explain} says without a server what the server says on the wire. */
class ExplainIT {
    private static final String DOMAIN = AddressForms.DOMAIN;
    private static final byte[] POST = octets("From: carl@example.org\r\nSubject: Hi\r\n\r\nHi\r\n");

    private static PrivateMailman mailman;
    private static TemporaryFolder folder;

    /** What a client asks. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two questions.
    private record Question(String mailFrom, String recipient, byte[] message) {
        String line() {
            return "{\"mailFrom\":\"" + escaped(mailFrom) + "\",\"rcpt\":\"" + escaped(recipient) + "\",\"message\":\""
                    + Base64.getEncoder().encodeToString(message) + "\"}";
        }
    }

    @BeforeAll
    static void start() {
        folder = TemporaryFolder.create("explain");
        mailman = PrivateMailman.builder().start();
        AddressForms.createLists(mailman.rest());
        MailmanRest rest = mailman.rest();
        String rejecting = rest.createList("rejecting@" + DOMAIN);
        rest.configure(rejecting, Map.of("default_nonmember_action", "reject"));
        rest.subscribe(rejecting, "anne@example.com", Role.MEMBER);
        String discarding = rest.createList("discarding@" + DOMAIN);
        rest.configure(discarding, Map.of("default_nonmember_action", "discard"));
        rest.ban(rejecting, "spammer@example.org");
        rest.configure(rest.createList("emergency@" + DOMAIN), Map.of("emergency", "true"));
    }

    @AfterAll
    static void stop() {
        mailman.close();
        folder.close();
    }

    @Test
    void saysOfEachMessageWhatTheServerSays() {
        List<Question> questions = new ArrayList<>();
        for (CorpusMessage message : messages()) {
            questions.add(new Question("anne@example.com", "ant@" + DOMAIN, message.octets()));
            questions.add(new Question("", "ant-bounces@" + DOMAIN, message.octets()));
        }

        assertAgreement(PrivateJames.inFrontOf(mailman), questions);
    }

    @Test
    void saysOfEachAddressWhatTheServerSays() {
        List<Question> questions = new ArrayList<>();
        AddressForms.recipients()
                .forEach(recipient -> questions.add(new Question("anne@example.com", recipient, POST)));
        AddressForms.reversePaths()
                .forEach(reversePath -> questions.add(new Question(reversePath, "ant@" + DOMAIN, POST)));

        assertAgreement(PrivateJames.inFrontOf(mailman), questions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy.on-discard=drop",
                "policy.on-discard=refuse",
                "policy.on-discard=enqueue",
                "policy.mode=observe",
                "message.max-size=100"
            })
    void saysOfEachVerdictWhatTheServerSays(String setting) {
        byte[] loop = octets("From: anne@example.com\r\nList-Post: rejecting@" + DOMAIN + "\r\n\r\nHi\r\n");
        byte[] large = octets("From: anne@example.com\r\n\r\n" + "x".repeat(80) + "\r\n");
        List<Question> questions = new ArrayList<>();
        for (String recipient : List.of("rejecting", "discarding", "emergency", "ant", "rejecting-request", "nobody")) {
            for (String mailFrom : List.of("anne@example.com", "carl@example.org", "spammer@example.org", "")) {
                for (byte[] message : List.of(POST, loop, large, octets("To: x\r\n\r\n"))) {
                    questions.add(new Question(mailFrom, recipient + '@' + DOMAIN, message));
                }
            }
        }
        int equals = setting.indexOf('=');

        assertAgreement(
                PrivateJames.inFrontOf(mailman).setting(setting.substring(0, equals), setting.substring(equals + 1)),
                questions);
    }

    @Test
    void needsNothingButTheSettingsAndTheSource() throws IOException {
        Path conf = conf("mailman.cfg=" + mailman.site().configurationFile(), "queue.directory=/nonexistent");
        Path message = Files.write(folder.path().resolve("message"), POST);
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("r-xr-xr-x"));

        Program.Result result = Program.of(
                        "/bin/sh",
                        "-c",
                        "exec \"$0\" explain --mail-from carl@example.org --rcpt \"$1\" --conf \"$2\" < \"$3\"",
                        PrivateJames.COMMAND.toString(),
                        "rejecting@" + DOMAIN,
                        conf.toString(),
                        message.toString())
                .asMailman()
                .run();

        assertThat(result.output())
                .contains(
                        "verdict         reject\n",
                        "rule            nonmember-moderation: ",
                        "reply           550 5.7.2 <rejecting@" + DOMAIN + "> you are not allowed to post",
                        "list-id         rejecting." + DOMAIN,
                        "read from Mailman's database " + mailman.site().databaseFile())
                .doesNotContain("DEBUG", "SLF4J", "WARNING");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void readsNothingWhereStandardInputIsClosed() throws IOException {
        Path conf = conf("mailman.cfg=" + mailman.site().configurationFile());
        String command = "exec \"$0\" explain --mail-from carl@example.org --rcpt \"$1\" --conf \"$2\" ";
        List<String> answers = Stream.of("<&-", "</dev/null")
                .map(input -> Program.of(
                                "/bin/sh",
                                "-c",
                                command + input,
                                PrivateJames.COMMAND.toString(),
                                "rejecting@" + DOMAIN,
                                conf.toString())
                        .run())
                .map(Program.Result::output)
                .toList();

        assertThat(answers).allMatch(answer -> answer.contains("message         0 octets, no defects"));
    }

    @Test
    void endsQuietlyWhenNobodyReadsOn() throws IOException {
        Path conf = conf("mailman.cfg=" + mailman.site().configurationFile());
        Path code = folder.path().resolve("code");

        String output = Program.of(
                        "/bin/sh",
                        "-c",
                        "yes x | { \"$0\" explain --jsonl --conf \"$1\"; echo $? > \"$2\"; } | head -n 1",
                        PrivateJames.COMMAND.toString(),
                        conf.toString(),
                        code.toString())
                .runWell();

        assertThat(output).startsWith("{\"error\":\"line 1: this is not JSON").hasLineCount(1);
        assertThat(code).hasContent("141\n");
    }

    @Test
    void explainsAnArchive() throws IOException {
        Path conf = conf("mailman.cfg=" + mailman.site().configurationFile());
        Path archive = folder.path().resolve("archive.mbox");
        Files.writeString(archive, """
                From carl@example.org Sat Jan 31 12:00:00 2026
                From: carl@example.org
                List-Post: rejecting@%1$s
                Subject: One

                Hi!

                From MAILER-DAEMON Sat Jan 31 12:00:00 2026
                Return-Path: <>
                From: mailer-daemon@example.org
                Subject: Two

                From: not a header field

                From anne@example.com Sat Jan 31 12:00:00 2026
                From: anne@example.com
                Subject: Three

                Hi!
                """.formatted(DOMAIN));

        List<String> answers = archive(conf, archive, "--rcpt", "rejecting@" + DOMAIN);

        assertThat(answers)
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"discard\",\"rule\":\"loop\""),
                        second -> assertThat(second).contains("\"reject\",\"rule\":\"nonmember-moderation\""),
                        third -> assertThat(third).contains("\"verdict\":\"accept\""));
    }

    @Test
    void explainsAMaildir() throws IOException {
        Path conf = conf("mailman.cfg=" + mailman.site().configurationFile());
        Path maildir = Files.createDirectories(folder.path().resolve("maildir"));
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectory(maildir.resolve(part));
        }
        Files.writeString(
                maildir.resolve("new/1.a.host"),
                "Return-Path: <>\nX-Original-To: rejecting-bounces@" + DOMAIN + "\nSubject: x\n\nx\n");
        Files.writeString(
                maildir.resolve("cur/2.b.host:2,S"),
                "Return-Path: <carl@example.org>\nDelivered-To: rejecting@" + DOMAIN
                        + "\nFrom: carl@example.org\n\nx\n");

        assertThat(archive(conf, maildir))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"accept\",\"rule\":\"subaddress\"", "\"bounces\""),
                        second -> assertThat(second).contains("\"reject\",\"rule\":\"nonmember-moderation\""));
    }

    private static List<String> archive(Path conf, Path archive, String... options) {
        return Program.of(
                        "/bin/sh",
                        "-c",
                        "archive=$2; bin=$0; conf=$1; shift 2; \"$bin/archive-to-jsonl\" \"$@\" \"$archive\""
                                + " | \"$bin/james-mailman\" explain --jsonl --conf \"$conf\"",
                        PrivateJames.COMMAND.getParent().toString(),
                        conf.toString(),
                        archive.toString())
                .with(List.of(options))
                .runWell()
                .lines()
                .toList();
    }

    private static void assertAgreement(PrivateJames.Builder builder, List<Question> questions) {
        try (PrivateJames james = builder.start()) {
            List<String> onTheWire = replies(james, questions);
            List<String> explained = explain(james.confDirectory(), questions);

            assertThat(explained).hasSameSizeAs(questions);
            for (int i = 0; i < questions.size(); i++) {
                assertThat(explained.get(i))
                        .as("explanation of %s", questions.get(i))
                        .contains("\"reply\":\"" + escaped(onTheWire.get(i)) + "\",");
            }
        }
    }

    /** What the server answers, at RCPT or after DATA. */
    private static List<String> replies(PrivateJames james, List<Question> questions) {
        try (LmtpClient client = james.client()) {
            return questions.stream()
                    .map(question ->
                            client.deliver(question.mailFrom(), List.of(question.recipient()), question.message()))
                    .map(delivery -> Stream.concat(delivery.afterData().stream(), delivery.atRcpt().stream())
                            .findFirst()
                            .map(WireReply::toString)
                            .orElseThrow())
                    .map(reply -> reply.replaceFirst("queued as \\S+$", "queued as ENTRY"))
                    .toList();
        }
    }

    private static List<String> explain(Path conf, List<Question> questions) {
        Path lines = folder.path().resolve("lines");
        try {
            Files.write(lines, questions.stream().map(Question::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Program.of(
                        "/bin/sh",
                        "-c",
                        "exec \"$0\" explain --jsonl --conf \"$1\" < \"$2\"",
                        PrivateJames.COMMAND.toString(),
                        conf.toString(),
                        lines.toString())
                .runWell()
                .lines()
                .toList();
    }

    private static List<CorpusMessage> messages() {
        return Stream.concat(MessageCorpus.taken().stream(), MessageCorpus.malformed().stream())
                .toList();
    }

    private static Path conf(String... settings) throws IOException {
        Path conf = Files.createTempDirectory(folder.path(), "conf");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(conf.resolve("mailman.properties"), List.of(settings));
        return conf;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
