// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivatePostfixTest {
    private static final byte[] MESSAGE =
            "From: anne@example.org\r\nSubject: a\r\n folded one\r\n\r\n.\r\n..dots\r\nna\u00efve\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void bringsAMessageToTheSink() {
        try (SinkSmtp sink = SinkSmtp.start();
                PrivatePostfix postfix =
                        PrivatePostfix.builder().relayTo(sink.port()).start();
                SmtpClient client = SmtpClient.connect(postfix.smtpPort())) {
            WireReply reply = client.send("anne@example.org", List.of("bart@example.com", "cris@example.com"), MESSAGE);

            assertThat(reply.code()).isEqualTo(250);
            ReceivedMail mail = sink.awaitMailFor("bart@example.com");
            assertThat(mail.reversePath()).isEqualTo("anne@example.org");
            assertThat(mail.recipients()).containsExactly("bart@example.com", "cris@example.com");
            assertThat(mail.content()).endsWith("\r\n\r\n.\r\n..dots\r\nna\u00efve\r\n");
            assertThat(mail.header("subject")).contains("a folded one");
            assertThat(mail.octets()).hasSize(mail.content().length());
            assertThat(postfix.awaitDelivery("cris@example.com").status()).isEqualTo("sent");
        }
    }

    @Test
    void tellsTheSenderWhatItsPeerRefused() {
        try (PrivateMailman mailman =
                        PrivateMailman.builder().runners(Runner.LMTP).start();
                SinkSmtp sink = SinkSmtp.start();
                PrivatePostfix postfix = PrivatePostfix.builder()
                        .lmtp("lists.example.org", mailman.lmtpPort())
                        .relayTo(sink.port())
                        .start();
                SmtpClient client = SmtpClient.connect(postfix.smtpPort())) {
            mailman.rest().createDomain("lists.example.org");
            mailman.rest().createList("ant@lists.example.org");

            client.send("anne@example.org", List.of("ant@lists.example.org", "no@lists.example.org"), MESSAGE);

            PostfixDelivery refused = postfix.awaitDelivery("no@lists.example.org");
            assertThat(refused.status()).isEqualTo("bounced");
            assertThat(refused.reason()).contains("550 Requested action not taken");
            assertThat(postfix.awaitDelivery("ant@lists.example.org").status()).isEqualTo("sent");
            ReceivedMail notice = sink.awaitMailFor("anne@example.org");
            assertThat(notice.reversePath()).isEmpty();
            assertThat(notice.content())
                    .contains("no@lists.example.org")
                    .doesNotContain("ant@lists.example.org>: host");
            assertThat(mailman.site().queue("in").awaitEntries(1)).hasSize(1);
        }
    }
}
