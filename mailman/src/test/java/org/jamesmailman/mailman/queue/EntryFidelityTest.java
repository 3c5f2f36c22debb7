// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.jamesmailman.mailman.message.FileMessage;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.WireMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies in the queue loads, as Mailman's runners load it, to values equal to those that Mailman's own LMTP handler
 * writes for the same transaction: the message's whole state and the metadata. {@code -Dmailman.entries.seed=N} repeats
 * the random part.
 */
class EntryFidelityTest {
    private static final long SEED = Long.getLong("mailman.entries.seed", System.nanoTime());
    private static final int RANDOM_MESSAGES = 300;
    private static final String SITE_OWNER = "site-owner@example.com";
    private static final String SPARE_ID = "<171.42.spare@mail.example.com>";
    private static final Instant RECEIVED_AT = Instant.parse("2026-02-28T23:59:59.123456789Z");
    private static final SnapshotFixture NAMES =
            new SnapshotFixture().withDomain("example.com", "alias.example").withList("ant@example.com");

    @TempDir
    Path directory;

    private int entries;
    private PythonPeer mailman;
    private MailmanQueue queue;

    @BeforeEach
    void start() throws Exception {
        mailman = PythonPeer.start("lmtp-peer.py", directory.resolve("theirs").toString());
        mailman.ask(Map.of(
                "lists",
                NAMES.postingAddresses(),
                "domains",
                List.of(List.of("example.com", "alias.example")),
                "delimiter",
                "+"));
        Path ours = directory.resolve("ours");
        QueueDirectories.create(ours);
        queue = MailmanQueue.open(QueueDirectories.check(ours), SITE_OWNER, LimitsFixture.LOOSE);
    }

    @AfterEach
    void stop() {
        mailman.close();
    }

    @TestFactory
    List<DynamicTest> writesWhatMailmanWouldForAMessageWith() {
        List<DynamicTest> tests = new ArrayList<>();
        OddMessages.all()
                .forEach((oddity, message) -> tests.add(DynamicTest.dynamicTest(
                        oddity,
                        () -> compare(new HeapMessage(message), message, "anne@example.net", "ant@example.com"))));
        return tests;
    }

    @TestFactory
    List<DynamicTest> writesTheSameFromATemporaryFileForAMessageWith() {
        List<DynamicTest> tests = new ArrayList<>();
        OddMessages.all()
                .forEach((oddity, message) -> tests.add(DynamicTest.dynamicTest(oddity, () -> {
                    Path file = Files.write(directory.resolve("message"), message);
                    compare(
                            new FileMessage(file, message.length),
                            message,
                            "anne@example.net",
                            "ant-bounces@example.com");
                })));
        return tests;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ant@example.com",
                "ANT@Example.COM",
                "ant+detail@example.com",
                "ant@alias.example",
                "ant-owner@example.com",
                "ant-owner+x@alias.example",
                "ant-request@example.com",
                "ant-join@example.com",
                "ant-subscribe@example.com",
                "ant-leave@example.com",
                "ant-unsubscribe@example.com",
                "ant-confirm@example.com",
                "ant-confirm+0123456789abcdef@example.com",
                "ant-bounces@example.com",
                "ant-bounces+anne=example.net@example.com"
            })
    void writesMailmansQueueAndMetadataForARecipient(String recipient) throws Exception {
        byte[] message = OddMessages.all().get("plain");
        compare(new HeapMessage(message), message, "anne@example.net", recipient);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "Anne.Person@Example.NET",
        "\"\\\"anne person\\\"@example.net\"",
        "ant-bounces+anne=example.net@example.com",
        "user@[192.0.2.1]",
        "root",
    })
    void writesTheReversePath(String reversePath) throws Exception {
        byte[] message = OddMessages.all().get("no Message-ID");
        compare(new HeapMessage(message), message, reversePath, "ant@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00Z", "1999-12-31T23:59:59.999999Z", "2038-01-19T03:14:08.000001Z"})
    void writesTheTimeInNaiveUtc(Instant receivedAt) throws Exception {
        byte[] message = OddMessages.all().get("plain");
        compare(new HeapMessage(message), message, "anne@example.net", "ant@example.com", receivedAt);
    }

    @Test
    void writesAnyOctetsOfABody() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_MESSAGES; i++) {
            byte[] body = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(body);
            byte[] message = join("Subject: any octets\r\n\r\n".getBytes(StandardCharsets.US_ASCII), body);
            compare(new HeapMessage(message), message, "anne@example.net", "ant@example.com");
        }
    }

    @Test
    void writesAnEntryThatLoadsWhateverTheMessageIs() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_MESSAGES; i++) {
            byte[] message = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(message);
            JsonNode loaded = mailman.ask(Map.of("load", put(entry(message)).toString()));
            assertThat(loaded.path("good").asBoolean())
                    .as("message %d of seed %d: %s", i, SEED, loaded)
                    .isTrue();
            assertThat(loaded.path("size").asInt()).isEqualTo(message.length);
        }
    }

    @Test
    void leavesEntriesThatMailmansSwitchboardTakesInTheirOrder() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            StagedEntry staged = queue.stage(entry(OddMessages.all().get("plain")));
            queue.commit(List.of(staged));
            names.add(staged.name());
        }
        Path in = directory.resolve("ours/in");
        assertThat(texts(
                        mailman.ask(Map.of("files", in.toString(), "slices", 1)).get(0)))
                .isEqualTo(names);
        List<String> sliced = new ArrayList<>();
        mailman.ask(Map.of("files", in.toString(), "slices", 4)).forEach(slice -> sliced.addAll(texts(slice)));
        assertThat(sliced).as("each in one slice").containsExactlyInAnyOrderElementsOf(names);
    }

    private void compare(WireMessage message, byte[] octets, String reversePath, String recipient) throws Exception {
        compare(message, octets, reversePath, recipient, RECEIVED_AT);
    }

    private void compare(WireMessage message, byte[] octets, String reversePath, String recipient, Instant receivedAt)
            throws Exception {
        Destination destination = destination(recipient);
        Path file = put(new QueueEntry(
                destination, reversePath, message, SPARE_ID, receivedAt, new Fingerprint(entries++, 0, 0)));

        Map<String, String> transaction = new LinkedHashMap<>();
        transaction.put("content", Base64.getEncoder().encodeToString(octets));
        // So aiosmtpd, below Mailman's handler, names the null reverse-path.
        transaction.put("mailFrom", reversePath.isEmpty() ? "<>" : reversePath);
        transaction.put("rcpt", recipient);
        transaction.put("messageId", SPARE_ID);
        transaction.put(
                "receivedAt",
                LocalDateTime.ofInstant(receivedAt, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MICROS)
                        .toString());
        transaction.put("entry", file.toString());
        JsonNode answer = mailman.ask(transaction);

        assertThat(answer.path("status").asText()).isEqualTo("250 Ok");
        assertThat(destination.queue()).isEqualTo(answer.get("queue").asText());
        assertThat(answer.get("ours")).as("seed " + SEED).isEqualTo(answer.get("mailman"));
    }

    private Path put(QueueEntry entry) throws QueueException {
        StagedEntry staged = queue.stage(entry);
        assertThat(queue.commit(List.of(staged))).containsExactly(new Commit.Committed(staged.name()));
        return staged.committed();
    }

    private QueueEntry entry(byte[] message) {
        return new QueueEntry(
                destination("ant@example.com"),
                "anne@example.net",
                new HeapMessage(message),
                SPARE_ID,
                RECEIVED_AT,
                new Fingerprint(entries++, 0, 0));
    }

    private static Destination destination(String recipient) {
        return ((Resolution.Found) new RecipientResolver("+").resolve(recipient, NAMES)).destination();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
