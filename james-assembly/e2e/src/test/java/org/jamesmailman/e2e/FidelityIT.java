// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jamesmailman.testing.AddressForms;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.MailmanReference;
import org.jamesmailman.testing.PickleReader;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.QueuedEntry;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.WireReply;
import org.jamesmailman.testing.corpus.CorpusMessage;
import org.jamesmailman.testing.corpus.MessageCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same transaction, given to Mailman's own LMTP runner and to ours, leaves equal entries in Mailman's queues. */
class FidelityIT {
    private static final String SENDER = "anne@example.com";
    private static final String LIST = "ant@" + AddressForms.DOMAIN;
    private static final byte[] MESSAGE =
            "From: anne@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);

    private static PrivateMailman mailman;
    private static MailmanReference reference;
    private static PrivateJames james;
    private static PickleReader reader;

    @BeforeAll
    static void start() {
        mailman = PrivateMailman.builder().runners(Runner.LMTP).start();
        AddressForms.createLists(mailman.rest());
        reference = new MailmanReference(mailman);
        // Some forms of an address make the same message for the same recipient.
        james = PrivateJames.inFrontOf(mailman)
                .setting("queue.retransmit-window", "0")
                .start();
        reader = PickleReader.start();
    }

    @AfterAll
    static void stop() {
        reader.close();
        james.close();
        mailman.close();
    }

    @AfterEach
    void clear() {
        mailman.site().clearEntries();
    }

    static Stream<Arguments> taken() {
        return MessageCorpus.taken().stream().map(message -> arguments(message.name(), message));
    }

    static Stream<Arguments> malformed() {
        return MessageCorpus.malformed().stream().map(message -> arguments(message.name(), message));
    }

    static Stream<String> recipients() {
        return AddressForms.recipients().stream();
    }

    static Stream<String> reversePaths() {
        return AddressForms.reversePaths().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void queuesWhatMailmanWouldQueue(String name, CorpusMessage message) {
        QueuedEntry expected = reference
                .deliver(SENDER, List.of(LIST), message.octets())
                .entries()
                .get(0);
        List<QueuedEntry> actual = deliver(SENDER, LIST, message.octets());

        assertThat(actual).as(name).hasSize(1);
        assertThat(comparable(actual.get(0), message)).isEqualTo(comparable(expected, message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWhatMailmanWouldRefuse(String name, CorpusMessage message) {
        try (LmtpClient client = james.client()) {
            LmtpClient.Delivery delivery = client.deliver(SENDER, List.of(LIST, LIST), message.octets());

            assertThat(delivery.afterData()).as(name).hasSize(2).allSatisfy(reply -> assertThat(reply.toString())
                    .startsWith("554 5.6.0 <" + LIST + "> malformed message: "));
        }
        assertThat(mailman.site().entries()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recipients")
    void takesEachFormOfARecipientForWhatMailmanTakesItFor(String recipient) {
        MailmanReference.Outcome expected = reference.deliver(SENDER, List.of(recipient), MESSAGE);
        List<QueuedEntry> actual = deliver(SENDER, recipient, MESSAGE);

        assertThat(actual).hasSameSizeAs(expected.entries());
        if (!actual.isEmpty()) {
            assertThat(actual.get(0).queue())
                    .isEqualTo(expected.entries().get(0).queue());
            assertThat(reader.read(actual.get(0).file()).comparable())
                    .isEqualTo(reader.read(expected.entries().get(0).file()).comparable());
        }
    }

    @ParameterizedTest(name = "<{0}>")
    @MethodSource("reversePaths")
    void keepsEachFormOfAReversePath(String reversePath) {
        QueuedEntry expected =
                reference.deliver(reversePath, List.of(LIST), MESSAGE).entries().get(0);
        QueuedEntry actual = deliver(reversePath, LIST, MESSAGE).get(0);

        assertThat(reader.read(actual.file()).comparable())
                .isEqualTo(reader.read(expected.file()).comparable());
    }

    @Test
    void givesAllRecipientsOfAMessageTheSameMadeUpMessageId() {
        byte[] withoutId = "From: anne@example.com\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);
        try (LmtpClient client = james.client()) {
            client.deliver(SENDER, List.of(LIST, "ant@" + AddressForms.OTHER_DOMAIN), withoutId);
        }
        Set<String> ids = new HashSet<>();
        mailman.site()
                .entries()
                .forEach(entry -> ids.add(reader.read(entry.file()).messageId()));

        assertThat(mailman.site().entries()).hasSize(2);
        assertThat(ids).hasSize(1);
    }

    private static String comparable(QueuedEntry entry, CorpusMessage message) {
        return (message.needsMessageId() ? reader.readWithGeneratedId(entry.file()) : reader.read(entry.file()))
                .comparable();
    }

    /** What our side queued of a message. */
    private static List<QueuedEntry> deliver(String reversePath, String recipient, byte[] message) {
        Set<QueuedEntry> before = new HashSet<>(mailman.site().entries());
        try (LmtpClient client = james.client()) {
            LmtpClient.Delivery delivery = client.deliver(reversePath, List.of(recipient), message);
            List<QueuedEntry> entries = mailman.site().entries().stream()
                    .filter(entry -> !before.contains(entry))
                    .toList();
            assertThat(delivery.afterData().stream()
                            .filter(WireReply::isAccepting)
                            .count())
                    .isEqualTo(entries.size());
            return entries;
        }
    }
}
