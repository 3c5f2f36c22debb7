// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What we tell of a message is what Mailman's own classes say. A failure prints the seed;
 * {@code -Dmailman.agreement.seed=N} runs it again, {@code -Dmailman.agreement.messages=N} generates more messages, and
 * {@code -Dmailman.agreement.corpus=FOLDER} brings a corpus of one's own.
 */
class MailmanAgreementTest {
    private static final int MESSAGES = Integer.getInteger("mailman.agreement.messages", 4000);
    private static final long SEED = Long.getLong("mailman.agreement.seed", System.nanoTime());
    private static final Optional<Path> CORPUS =
            Optional.ofNullable(System.getProperty("mailman.agreement.corpus")).map(Path::of);

    private static MailmanOracle mailman;

    private final Random random = new Random(SEED);
    private final MailmanAgreement agreement = new MailmanAgreement(mailman, random);

    @BeforeAll
    static void startMailman() {
        mailman = MailmanOracle.start(MailmanAgreement.SENDER_HEADERS);
    }

    @AfterAll
    static void stopMailman() throws IOException {
        mailman.close();
    }

    @Test
    void agreesOnGeneratedMessages() throws IOException {
        MessageGenerator generator = new MessageGenerator(random);
        for (int i = 0; i < MESSAGES; i++) {
            agreement.check(generator.next(), "message " + i + " of seed " + SEED);
        }
        System.out.printf("Generated with seed %d, %s%n", SEED, agreement);
        assertThat(agreement.doubtful()).as("messages in doubt, seed %d", SEED).isLessThan(MESSAGES / 50 + 2);
        assertThat(agreement.undecidable())
                .as("undecidable senders, seed %d", SEED)
                .isLessThan(MESSAGES / 3 + 2);
    }

    @Test
    void agreesOnMessagesThatOthersCollected() throws IOException {
        Map<String, byte[]> corpus = MessageCorpus.mime4j();
        if (CORPUS.isPresent()) {
            corpus.putAll(MessageCorpus.folder(CORPUS.get()));
        }
        assertThat(corpus).hasSizeGreaterThan(70);
        for (Map.Entry<String, byte[]> entry : corpus.entrySet()) {
            String name = entry.getKey() + ", seed " + SEED;
            byte[] message = entry.getValue();
            agreement.check(message, name);
            agreement.check(withCrlf(message), name + ", with CRLF");
            for (int cut = 0; cut < 8; cut++) {
                agreement.check(Arrays.copyOf(message, random.nextInt(message.length + 1)), name + ", cut");
            }
        }
        System.out.printf("Collected, seed %d, %s%n", SEED, agreement);
        assertThat(agreement.doubtful()).isLessThan(agreement.messages() / 50);
        assertThat(agreement.undecidable()).isLessThan(agreement.messages() / 10);
    }

    @Test
    void knowsTheSendersOfOrdinaryMail() throws IOException {
        AddressHeaderGenerator addresses = new AddressHeaderGenerator(random);
        SenderHeaders senderHeaders = new SenderHeaders(MailmanAgreement.SENDER_HEADERS);
        for (int i = 0; i < MESSAGES / 4; i++) {
            byte[] message = octets("From: " + addresses.ordinaryValue() + "\r\n\r\nbody\r\n");
            Headers headers =
                    new MimeAnalyzer().analyze(new HeapMessage(message)).headers();
            assertThat(senderHeaders.read(headers, "anne@example.com"))
                    .as("message %d of seed %d: %s", i, SEED, new String(message, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new Senders.Known(
                            mailman.ask(message, "anne@example.com").senders()));
        }
    }

    @Test
    void decodesEveryOctetOfEveryCharsetAsPythonDoes() throws IOException {
        for (String label : HeaderCharset.labels()) {
            for (int octet = 0; octet < 256; octet++) {
                String value = String.format("=?%s?q?x=%02Xx?=", label, octet);
                MailmanOracle.SenderField python = mailman.ask(octets("From: " + value + "\r\n\r\n"), "<>")
                        .senderFields()
                        .get(0);
                assertThat(EncodedWords.decode(value)).as(value).isEqualTo(python.text());
            }
        }
    }

    @Test
    void takesNothingForSoundThatPythonCannotPickle() throws IOException {
        int depth = MimeLimits.DEFAULTS.depth();
        for (String nesting :
                new String[] {"Content-Type: message/rfc822\n\n", "Content-Type: multipart/x; boundary=b%d\n\n--b%1$d\n"
                }) {
            byte[] deepest = octets(nested(nesting, depth - 1));
            assertThat(new MimeAnalyzer().analyze(new HeapMessage(deepest)).isTooDeep())
                    .isFalse();
            assertThat(mailman.ask(deepest, "<>").depth()).isEqualTo("pickles");

            byte[] tooDeep = octets(nested(nesting, depth));
            assertThat(new MimeAnalyzer().analyze(new HeapMessage(tooDeep)).isTooDeep())
                    .isTrue();
            assertThat(mailman.ask(octets(nested(nesting, depth + 30)), "<>").depth())
                    .isEqualTo("too-deep");
        }
    }

    private static String nested(String level, int levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append(String.format(level, i));
        }
        return text + "\nbody\n";
    }

    private static byte[] withCrlf(byte[] message) {
        return octets(new String(message, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replace("\n", "\r\n"));
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
