// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What we tell of a message is what Mailman's own classes say, for many thousands of generated messages. A failure
 * prints the seed; {@code -Dmailman.agreement.seed=N} runs it again, {@code -Dmailman.agreement.messages=N} more of
 * them.
 */
class MailmanAgreementTest {
    private static final List<String> SENDER_HEADERS = List.of("from", "from_", "reply-to", "sender");
    private static final int MESSAGES = Integer.getInteger("mailman.agreement.messages", 4000);
    private static final long SEED = Long.getLong("mailman.agreement.seed", System.nanoTime());
    /** Small, so that lines do not fit and buffers run over. */
    private static final MimeLimits NARROW = new MimeLimits(1 << 20, 10_000, 1024, 180);

    private static MailmanOracle mailman;

    private final Random random = new Random(SEED);
    private final SenderHeaders senderHeaders = new SenderHeaders(SENDER_HEADERS);
    private int doubtful;
    private int defective;
    private int broken;
    private int undecidable;
    private int overcautious;
    private int sendersKnown;

    @BeforeAll
    static void startMailman() {
        mailman = MailmanOracle.start(SENDER_HEADERS);
    }

    @AfterAll
    static void stopMailman() throws IOException {
        mailman.close();
    }

    @Test
    void agreesWithMailmanOnGeneratedMessages() throws IOException {
        MessageGenerator generator = new MessageGenerator(random);
        for (int i = 0; i < MESSAGES; i++) {
            compare(generator.next(), "message " + i + " of seed " + SEED);
        }
        System.out.printf(
                "seed %d: %d messages, %d defective, %d break Python's parser, %d in doubt; senders: %d known, %d undecidable, %d of them known to Mailman%n",
                SEED, MESSAGES, defective, broken, doubtful, sendersKnown, undecidable, overcautious);
        assertThat(doubtful).as("messages in doubt, seed " + SEED).isLessThan(MESSAGES / 20 + 2);
        assertThat(undecidable).as("undecidable senders, seed " + SEED).isLessThan(MESSAGES / 2);
    }

    @Test
    void knowsTheSendersOfOrdinaryMail() throws IOException {
        AddressHeaderGenerator addresses = new AddressHeaderGenerator(random);
        for (int i = 0; i < MESSAGES / 4; i++) {
            byte[] message = octets("From: " + addresses.ordinaryValue() + "\r\n\r\nbody\r\n");
            assertThat(senders(message, "anne@example.com"))
                    .as("message %d of seed %d: %s", i, SEED, new String(message, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new Senders.Known(
                            mailman.ask(message, "anne@example.com").senders()));
        }
    }

    private void compare(byte[] message, String which) throws IOException {
        String reversePath = random.nextInt(4) == 0 ? "<>" : "Anne.Person@Example.com";
        MailmanOracle.Answer expected = mailman.ask(message, reversePath);
        String shown = which + ":\n" + new String(message, StandardCharsets.ISO_8859_1);

        MimeAnalysis analysis = new MimeAnalyzer().analyze(new HeapMessage(message));
        compareDefects(analysis, expected, shown);
        compareDefects(new MimeAnalyzer(NARROW).analyze(new Dribble(message, random)), expected, shown);
        if (expected.isParserBroken()) {
            broken++;
            return;
        }
        doubtful += analysis.doubt().isPresent() ? 1 : 0;
        defective += expected.defects().isEmpty() ? 0 : 1;
        assertThat(analysis.headers().fields()).as(shown).isEqualTo(expected.fields());
        assertThat(analysis.hasMessageId())
                .as(shown)
                .isEqualTo(!expected.messageId().equals("none"));
        assertThat(analysis.hazards().contains(MailmanHazard.EIGHT_BIT_MESSAGE_ID))
                .as(shown)
                .isEqualTo(expected.messageId().equals("crash"));
        compareSenders(analysis, reversePath, expected, shown);
        compareBoundary(analysis.headers(), expected, shown);
        compareSenderFields(analysis.headers(), expected, shown);
    }

    private static void compareBoundary(Headers headers, MailmanOracle.Answer expected, String shown) {
        Optional<ContentType> type = headers.first("content-type").map(field -> ContentType.parse(field.value()));
        if (type.isPresent() && type.get().isMultipart()) {
            Boundary boundary = type.get().boundary();
            if (boundary instanceof Boundary.Delimiter delimiter) {
                Boundary wanted = Boundary.Delimiter.of(expected.boundary().orElse("absent"));
                assertThat(delimiter).as(shown).isEqualTo(wanted);
            } else if (boundary instanceof Boundary.Absent) {
                assertThat(expected.boundary()).as(shown).isEmpty();
            }
        }
    }

    private static void compareSenderFields(Headers headers, MailmanOracle.Answer expected, String shown) {
        List<String> values = headers.fields().stream()
                .filter(field -> SENDER_HEADERS.contains(field.name().toLowerCase(Locale.ROOT)))
                .map(HeaderField::value)
                .toList();
        for (int i = 0; i < values.size(); i++) {
            MailmanOracle.SenderField wanted = expected.senderFields().get(i);
            Optional<String> text = EncodedWords.decode(values.get(i));
            if (text.isPresent()) {
                assertThat(text).as(shown).isEqualTo(wanted.text());
                String line = text.get().replace("\r", "").replace("\n", "");
                AddressList parsed = AddressList.parse(line);
                assertThat(nonEmpty(parsed.addresses())).as(shown).isEqualTo(wanted.lenient());
                assertThat(nonEmpty(StrictAddresses.from(line, parsed)))
                        .as(shown)
                        .isEqualTo(wanted.strict());
            }
        }
    }

    private static List<String> nonEmpty(List<String> addresses) {
        return addresses.stream().filter(address -> !address.isEmpty()).toList();
    }

    private static void compareDefects(MimeAnalysis analysis, MailmanOracle.Answer expected, String shown) {
        if (analysis.doubt().isPresent()) {
            assertThat(analysis.defects()).as(shown).isEmpty();
            return;
        }
        boolean broken = analysis.hazards().contains(MailmanHazard.UNPARSABLE_CONTENT_TYPE);
        assertThat(broken).as(shown).isEqualTo(expected.isParserBroken());
        if (!broken) {
            assertThat(analysis.defects().stream().map(MimeDefect::pythonName).toList())
                    .as(shown)
                    .isEqualTo(expected.defects());
        }
    }

    private void compareSenders(
            MimeAnalysis analysis, String reversePath, MailmanOracle.Answer expected, String shown) {
        Senders senders = senderHeaders.read(analysis.headers(), reversePath);
        if (senders instanceof Senders.Known known) {
            sendersKnown++;
            assertThat(known.addresses()).as(shown).isEqualTo(expected.senders());
        } else {
            undecidable++;
            overcautious += expected.isSendersBroken() ? 0 : 1;
        }
    }

    private Senders senders(byte[] message, String reversePath) throws IOException {
        return senderHeaders.read(
                new MimeAnalyzer().analyze(new HeapMessage(message)).headers(), reversePath);
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A message that comes in small bites. */
    private record Dribble(HeapMessage message, Random random) implements WireMessage {
        Dribble(byte[] octets, Random random) {
            this(new HeapMessage(octets), random);
        }

        @Override
        public long size() {
            return message.size();
        }

        @Override
        public InputStream openStream() {
            return new FilterInputStream(message.openStream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(300)));
                }
            };
        }
    }
}
