// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLineHandlerTest extends OnTheWire {
    private static final String TOO_BIG = "552 5.3.4 <%s> message is larger than this server takes, 1000 octets";

    private String deliver(String message) {
        client.startMessage("ant@example.com").send(message + ".\r\n");
        return client.reply();
    }

    static Stream<String> messages() {
        String allOctets = IntStream.range(0, 256)
                .filter(octet -> octet != '\n')
                .mapToObj(Character::toString)
                .reduce("", String::concat);
        return Stream.of(
                "",
                "\r\n",
                "\r\n\r\n\r\n",
                MESSAGE,
                "no header, no end of a header\r\n",
                "Subject: Gr\u00fc\u00dfe\r\n\r\n\u00e4\u00f6\u00fc\r\n",
                "bare\rcarriage\r\rreturns\r\r\n\r\rand more\r\n",
                "a carriage return, a dot, a carriage return\r.\r\n",
                "\r.\r\r\n",
                "a NUL \0 and others \0\0\r\n\0\r\n",
                allOctets + "\r\n",
                "white \t \f \u000b space  \r\n \r\n\t\r\n",
                "starttls\r\nSTARTTLS\r\nStartTLS foo\r\n",
                "RSET\r\nQUIT\r\nMAIL FROM:<x@y.example>\r\nDATA\r\n",
                "x".repeat(8_000) + "\r\n",
                "honey is sweet\r\n".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void keepsTheMessageToTheOctet(String message) {
        assertThat(deliver(message)).startsWith("250 2.0.0 <ant@example.com> queued as ");

        assertThat(mailets.messages()).containsExactly(message);
        assertThat(site.queued("in")).singleElement().satisfies(entry -> assertThat(entry.contains(message))
                .as("has the very message")
                .isTrue());
    }

    @Test
    void takesOneDotOffALineThatBeginsWithOne() {
        deliver("..\r\n...\r\n.x\r\n. \r\n..x\r\n.\r.\r\n.\0\r\n x.\r\nx.\r\n..\r\n");

        assertThat(mailets.messages()).containsExactly(".\r\n..\r\nx\r\n \r\n.x\r\n\r.\r\n\0\r\n x.\r\nx.\r\n.\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "honey\nis sweet\r\n",
                "\n",
                "\n.\n",
                "\r\n.\n",
                "\n.\r\n",
                "honey\n.\r\n",
                "honey\r\n.\n",
                ".\n",
                "honey\r\n\n",
                "\0\n",
                "\r\r\n\n"
            })
    void endsTheConnectionOverABareLineFeedAndQueuesNothing(String message) {
        client.startMessage("ant@example.com", "bee@example.com").send(message);

        assertThat(client.reply()).isEqualTo("521 5.5.2 lines must end with CRLF: closing the connection");
        client.expectEnd();
        server.awaitDisconnection();
        assertThat(mailets.deliveries()).isEmpty();
        assertThat(site.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\r\n.\n", "\n.\r\n", "\n"})
    void takesNoCommandThatIsSmuggledInBehindABareLineFeed(String end) {
        client.startMessage("ant@example.com")
                .send("honey" + end + "RSET\r\nMAIL FROM:<admin@example.com>\r\nRCPT TO:<bee@example.com>\r\nDATA\r\n"
                        + MESSAGE + ".\r\nMAIL FROM:<admin@example.com>\r\n");

        assertThat(client.reply()).startsWith("521 5.5.2 ");
        client.expectEnd();
        server.awaitDisconnection();
        assertThat(mailets.deliveries()).isEmpty();
        assertThat(site.files()).isEmpty();
    }

    @Test
    void takesALineThatSaysStartTlsWhereJamesLooksForIt() {
        restart(another().thatLooksForStartTls());

        assertThat(deliver("starttls\r\nand more\r\nSTARTTLS\r\n")).startsWith("250 2.0.0");
        assertThat(deliver("starttls now\r\n")).startsWith("250 2.0.0");
        assertThat(mailets.messages()).containsExactly("starttls\r\nand more\r\nSTARTTLS\r\n", "starttls now\r\n");
    }

    @Test
    void hasJamesLookForStartTlsAgainBehindTheMessage() {
        restart(another().thatLooksForStartTls());
        deliver(MESSAGE);

        client.send("STARTTLS\r\nNOOP\r\n");

        assertThat(client.reply()).startsWith("451 ");
        client.expectEnd();
    }

    @Test
    void takesSeveralMessagesInOneSession() {
        for (String subject : List.of("one", "two", "three")) {
            assertThat(deliver("Subject: " + subject + "\r\n\r\n")).startsWith("250 2.0.0");
        }

        assertThat(mailets.messages())
                .containsExactly("Subject: one\r\n\r\n", "Subject: two\r\n\r\n", "Subject: three\r\n\r\n");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).isEqualTo("503 5.5.1 say MAIL first");
        assertThat(client.ask("QUIT")).startsWith("221");
    }

    @Test
    void takesAWholeSessionInOnePacket() {
        try (RawClient pipelining = server.connect()) {
            String message = "MAIL FROM:<anne@example.com>\r\nRCPT TO:<ant@example.com>\r\nRCPT TO:<no@example.com>\r\n"
                    + "RCPT TO:<bee-owner@example.com>\r\nDATA\r\n" + MESSAGE + ".\r\n";
            pipelining.send("LHLO client.example\r\n" + message + message + "QUIT\r\n");

            assertThat(pipelining.reply()).startsWith("250-");
            for (int i = 0; i < 2; i++) {
                assertThat(pipelining.replies(7))
                        .satisfiesExactly(
                                reply -> assertThat(reply).startsWith("250 2.1.0 "),
                                reply -> assertThat(reply).startsWith("250 2.1.5 <ant@example.com>"),
                                reply -> assertThat(reply).startsWith("550 5.1.1 <no@example.com>"),
                                reply -> assertThat(reply).startsWith("250 2.1.5 <bee-owner@example.com>"),
                                reply -> assertThat(reply).startsWith("354 "),
                                reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "),
                                reply -> assertThat(reply).startsWith("250 2.0.0 <bee-owner@example.com> queued as "));
            }
            assertThat(pipelining.reply()).startsWith("221 ");
            assertThat(mailets.messages()).hasSize(4).containsOnly(MESSAGE);
        }
    }

    @Test
    void takesAMessageOctetByOctet() {
        client.startMessage("ant@example.com");
        (MESSAGE + "..\r\n.\r\n").chars().forEach(octet -> client.send(Character.toString(octet)));

        assertThat(client.reply()).startsWith("250 2.0.0");
        assertThat(mailets.messages()).containsExactly(MESSAGE + ".\r\n");
    }

    @Test
    void takesAMessageAsLargeAsTheLimitItsDotsNotCountedTwice() {
        restart(another().withMaxSize(1_000));
        String message = ("." + "x".repeat(97) + "\r\n").repeat(10);

        client.startMessage("ant@example.com").send(("." + message.substring(0, 100)).repeat(10) + ".\r\n");

        assertThat(client.reply()).startsWith("250 2.0.0");
        assertThat(mailets.messages()).containsExactly(message);
    }

    @Test
    void refusesALargerOneForEachRecipientAndGoesOn() {
        restart(another().withMaxSize(1_000));
        client.startMessage("ant@example.com", "BEE-owner@example.com", "ant@example.com")
                .send("x".repeat(997) + "\r\n\r\n" + "y".repeat(5_000) + "\r\n.\r\n");

        assertThat(client.replies(3))
                .containsExactly(
                        TOO_BIG.formatted("ant@example.com"),
                        TOO_BIG.formatted("BEE-owner@example.com"),
                        TOO_BIG.formatted("ant@example.com"));
        assertThat(mailets.deliveries()).isEmpty();
        assertThat(site.files()).isEmpty();
        assertThat(deliver(MESSAGE)).startsWith("250 2.0.0");
    }

    @Test
    void refusesAMessageThatIsLargerThanItsClientSaid() {
        restart(another().withMaxSize(1_000));
        client.ask("MAIL FROM:<anne@example.com> SIZE=10");
        client.ask("RCPT TO:<ant@example.com>");
        client.ask("DATA");
        client.send("x".repeat(999) + "\r\n.\r\n");

        assertThat(client.reply()).isEqualTo(TOO_BIG.formatted("ant@example.com"));
    }

    @Test
    void asksToTryAgainWhenALargeMessageCannotBeKept() throws IOException {
        Files.delete(root.resolve("tmp"));
        client.startMessage("ant@example.com", "bee@example.com").send("honey\r\n".repeat(200_000) + ".\r\n");

        assertThat(client.replies(2))
                .containsExactly(
                        "452 4.3.1 <ant@example.com> no room to keep the message now, try again later",
                        "452 4.3.1 <bee@example.com> no room to keep the message now, try again later");
        assertThat(mailets.deliveries()).isEmpty();
        assertThat(deliver(MESSAGE)).startsWith("250 2.0.0");
    }
}
