// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.testing.MailmanReference.Outcome;
import org.jamesmailman.testing.corpus.CorpusMessage;
import org.jamesmailman.testing.corpus.MessageCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MailmanReferenceTest {
    private static final String SENDER = "anne@example.com";
    private static final String LIST = "ant@" + AddressForms.DOMAIN;

    private static final byte[] MESSAGE = "From: anne@example.com\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);

    private static PrivateMailman mailman;
    private static PickleReader reader;
    private static MailmanReference reference;

    @BeforeAll
    static void start() {
        mailman = PrivateMailman.builder().runners(Runner.LMTP).start();
        reader = PickleReader.start();
        AddressForms.createLists(mailman.rest());
        reference = new MailmanReference(mailman);
    }

    @AfterAll
    static void stop() {
        reader.close();
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void takesWhatTheCorpusSaysItTakes(String name, CorpusMessage message) {
        Outcome outcome = reference.deliver(SENDER, List.of(LIST), message.octets());

        assertThat(outcome.afterData()).as(name).allMatch(WireReply::isAccepting);
        EntryState state = reader.read(outcome.entries().get(0).file());
        assertThat(state.unixFrom()).isEqualTo(SENDER);
        assertThat(message.needsMessageId())
                .as("whether the Message-ID was made: " + state.messageId())
                .isNotEqualTo(message.text().contains(state.messageId()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWhatTheCorpusCallsMalformed(String name, CorpusMessage message) {
        Outcome outcome = reference.deliver(SENDER, List.of(LIST, LIST), message.octets());

        assertThat(outcome.afterData())
                .as(name)
                .extracting(WireReply::toString)
                .containsExactly("501 Message has defects");
        assertThat(outcome.entries()).isEmpty();
    }

    @Test
    void hasACorpusThatDataCanCarryUnderUniqueNames() {
        List<CorpusMessage> all = Stream.concat(MessageCorpus.taken().stream(), MessageCorpus.malformed().stream())
                .toList();

        assertThat(all).hasSizeGreaterThan(60).extracting(CorpusMessage::name).doesNotHaveDuplicates();
        assertThat(all).extracting(CorpusMessage::text).allMatch(text -> text.isEmpty() || text.endsWith("\r\n"));
        assertThat(all).extracting(CorpusMessage::text).allMatch(text -> text.chars()
                .allMatch(octet -> octet < 256));
    }

    @Test
    void readsEqualEntriesAsEqualAndOthersAsDifferent() {
        Outcome outcome = reference.deliver(SENDER, List.of(LIST, LIST, "ant-owner@" + AddressForms.DOMAIN), MESSAGE);
        Outcome later = reference.deliver(SENDER, List.of(LIST), MESSAGE);

        assertThat(outcome.entries()).extracting(QueuedEntry::queue).containsExactly("in", "in", "in");
        EntryState first = reader.read(outcome.entries().get(0).file());
        EntryState second = reader.read(outcome.entries().get(1).file());
        EntryState toOwner = reader.read(outcome.entries().get(2).file());
        assertThat(second.comparable()).isEqualTo(first.comparable());
        assertThat(toOwner.comparable()).isNotEqualTo(first.comparable());
        assertThat(first.headers()).startsWith("From: anne@example.com").endsWith("X-MailFrom: " + SENDER);
        assertThat(first.listId()).isEqualTo("ant." + AddressForms.DOMAIN);

        assertThat(reader.read(later.entries().get(0).file()).comparable()).isNotEqualTo(first.comparable());
        assertThat(reader.readWithGeneratedId(later.entries().get(0).file()).comparable())
                .isEqualTo(reader.readWithGeneratedId(outcome.entries().get(0).file())
                        .comparable())
                .contains("'generated'", "'its hash'")
                .doesNotContain("odd: ", "not its hash");
    }

    @Test
    void knowsTheQueueOfEachFormOfARecipient() {
        Map<String, List<String>> recipientsByQueue =
                AddressForms.recipients().stream().collect(Collectors.groupingBy(this::queueOf));

        assertThat(recipientsByQueue).containsOnlyKeys("in", "command", "bounces", "refused");
        assertThat(recipientsByQueue.get("in"))
                .contains(
                        LIST, "ant-owner@lists.example.org", "cat-request@lists.example.org", "ant@alias.example.org");
        assertThat(recipientsByQueue.get("command"))
                .contains("cat-request-request@lists.example.org", "ant-request+detail@lists.example.org");
        assertThat(recipientsByQueue.get("bounces")).contains("ant-bounces+anne=example.com@lists.example.org");
        assertThat(recipientsByQueue.get("refused"))
                .contains("-owner@lists.example.org", "cat@other.example.com", "ant-admin@lists.example.org");
        assertThat(AddressForms.recipientsUnknownToSmtp())
                .allSatisfy(recipient -> assertThat(queueOf(recipient)).isEqualTo("in"));
    }

    @Test
    void takesEachFormOfAReversePath() {
        assertThat(AddressForms.reversePaths()).allSatisfy(from -> {
            Outcome outcome = reference.deliver(from, List.of(LIST), MESSAGE);
            EntryState state = reader.read(outcome.entries().get(0).file());
            assertThat(state.unixFrom()).isEqualTo(from.isEmpty() ? "<>" : from);
        });
    }

    private String queueOf(String recipient) {
        List<QueuedEntry> entries =
                reference.deliver(SENDER, List.of(recipient), MESSAGE).entries();
        return entries.isEmpty() ? "refused" : entries.get(0).queue();
    }
}
