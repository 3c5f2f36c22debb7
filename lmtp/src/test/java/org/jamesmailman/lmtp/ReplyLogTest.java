// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyLogTest extends OnTheWire {
    private LogLines log;

    @Override
    LmtpServerFixture configure(LmtpServerFixture plain) {
        return plain.withMaxSize(1_000);
    }

    @BeforeEach
    void openLog() {
        log = new LogLines();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void hasALineForEachRecipientOfAMessage() {
        client.startMessage("ant@example.com", "bee@example.com").send(MESSAGE + ".\r\n");

        for (String reply : client.replies(2)) {
            String recipient = reply.replaceFirst(".*<(.*)>.*", "$1");
            log.await("INFO from=<anne@example.com> to=<" + recipient + "> size=" + MESSAGE.length() + " reply=\""
                    + reply + "\"");
        }
    }

    @Test
    void hasTheSizeOfAMessageThatIsTooLarge() {
        client.startMessage("ant@example.com").send("x".repeat(2_000) + "\r\n.\r\n");

        assertThat(client.reply()).startsWith("552 5.3.4");
        log.await("INFO from=<anne@example.com> to=<ant@example.com> size=2002 reply=\"552 5.3.4 <ant@example.com>"
                + " message is larger than this server takes, 1000 octets\"");
    }

    @Test
    void hasTheRecipientsOfAMessageThatIsGivenUp() {
        client.startMessage("ant@example.com").send("x\r\ny\n");

        assertThat(client.reply()).startsWith("521 5.5.2");
        assertThat(log.all())
                .anyMatch(line -> line.startsWith("INFO from=<anne@example.com> to=<ant@example.com> size=")
                        && line.endsWith(" reply=\"521 5.5.2 lines must end with CRLF: closing the connection\""));
    }

    @Test
    void hasWhatIsRefusedAtMailAndAtRcpt() {
        client.ask("MAIL FROM:<anne@example.com> SIZE=1001");
        client.ask("MAIL FROM:<anne@example.com>");
        client.ask("RCPT TO:<nobody@example.com>");
        client.ask("RCPT TO:nobody");

        assertThat(log.all())
                .containsSubsequence(
                        "INFO from=<anne@example.com> reply=\"552 5.3.4 message is larger than this server takes, 1000"
                                + " octets\"",
                        "INFO from=<anne@example.com> to=<nobody@example.com> reply=\"550 5.1.1 <nobody@example.com> no"
                                + " such mailing list here\"",
                        "INFO from=<anne@example.com> to=<TO:nobody> reply=\"501 5.5.4 say RCPT TO:<address>\"");
    }

    @Test
    void showsNoFieldThatAnAddressPretendsToBe() {
        client.ask("MAIL FROM:<\"x> to=<boss@example.com> size=9 reply=250\"@evil.example>");
        client.ask("RCPT TO:<\"y> reply=z\"@example.com>");
        client.ask("RCPT TO:<ant@example.com>");
        client.ask("DATA");
        client.ask(MESSAGE + ".");

        assertThat(log.all())
                .filteredOn(line -> line.contains("evil"))
                .hasSize(2)
                .allMatch(line ->
                        line.startsWith("INFO from=<?x??to=?boss@example.com??size=9?reply=250?@evil.example> to=<"))
                .allMatch(line -> line.split("\"", -1).length == 3);
    }
}
