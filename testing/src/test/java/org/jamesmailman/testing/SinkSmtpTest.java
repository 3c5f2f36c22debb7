// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkSmtpTest {
    private final SinkSmtp sink = SinkSmtp.start();

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void keepsWhatIsSentOctetForOctet() {
        byte[] message = "Subject: x\r\n\r\n.\r\n..\r\na\rb\nc\0\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1);

        try (SmtpClient client = SmtpClient.connect(sink.port())) {
            client.send("", List.of("a@example.org", "b@example.org"), message);
            client.send("x@example.org", List.of("c@example.org"), message);
        }

        ReceivedMail first = sink.awaitMailFor("a@example.org");
        assertThat(first.octets()).isEqualTo(message);
        assertThat(first.reversePath()).isEmpty();
        assertThat(first.recipients()).containsExactly("a@example.org", "b@example.org");
        sink.awaitCount(2);
        assertThat(sink.mailsFor("c@example.org"))
                .extracting(ReceivedMail::reversePath)
                .containsExactly("x@example.org");
        sink.clear();
        assertThat(sink.mails()).isEmpty();
    }

    @Test
    void hasAConversationThatFailsWithItsTranscript() {
        try (WireClient client = WireClient.connect(sink.port())) {
            client.expect("220")
                    .send("EHLO x")
                    .expect("250 SMTPUTF8")
                    .send("VRFY x")
                    .expect("502");
            client.send("NOOP");

            assertThatThrownBy(() -> client.expect("550"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected 550 but got 250 2.0.0 ok")
                    .hasMessageContaining("C: VRFY x");
            client.send("QUIT").expect("221").expectClosed();
        }
    }
}
