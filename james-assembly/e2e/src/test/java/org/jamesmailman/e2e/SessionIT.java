// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.WireReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conversations with the running server over a socket. */
class SessionIT {
    private static final String POST = "From: anne@example.com\r\nSubject: Hi\r\n\r\nHi\r\n";

    private static PrivateJames james;

    @BeforeAll
    static void start() {
        james = PrivateJames.builder()
                .setting("message.max-size", "100K")
                .setting("policy.on-discard", "refuse")
                .start();
    }

    @AfterAll
    static void stop() {
        james.close();
    }

    @Test
    void repliesOncePerRecipientInTheOrderOfRcptDuplicatesIncluded() {
        try (WireClient wire = greeted()) {
            wire.send("MAIL FROM:<carl@example.com>").expect("250 2.1.0");
            wire.send("RCPT TO:<bee@lists.example.com>").expect("250 2.1.5");
            wire.send("RCPT TO:<ant@lists.example.com>").expect("250 2.1.5");
            wire.send("RCPT TO:<nobody@lists.example.com>").expect("550 5.1.1");
            wire.send("RCPT TO:<ANT@lists.example.com>").expect("250 2.1.5");
            wire.send("RCPT TO:<ant@lists.example.com>").expect("250 2.1.5");
            wire.send("DATA").expect("354").sendMessage(bytes("From: carl@example.com\r\n\r\nHi\r\n"));

            assertThat(wire.read(4))
                    .extracting(WireReply::toString)
                    .satisfiesExactly(
                            reply -> assertThat(reply).startsWith("550 5.7.2 <bee@lists.example.com>"),
                            reply -> assertThat(reply).startsWith("250 2.0.0 <ant@lists.example.com> queued as "),
                            reply -> assertThat(reply).startsWith("250 2.0.0 <ANT@lists.example.com> queued as "),
                            reply -> assertThat(reply).startsWith("250 2.0.0 <ant@lists.example.com> queued as "));
            wire.send("QUIT").expect("221");
        }
    }

    @Test
    void takesSeveralMessagesInOneSession() {
        try (WireClient wire = greeted()) {
            for (int i = 0; i < 3; i++) {
                envelope(wire, "ant@lists.example.com");
                wire.send("DATA").expect("354").sendMessage(bytes(POST)).expect("250 2.0.0");
            }
        }
    }

    @Test
    void takesAWholePipelinedSessionInOnePiece() {
        try (WireClient wire = greeted()) {
            wire.sendBytes(bytes("MAIL FROM:<anne@example.com>\r\nRCPT TO:<ant@lists.example.com>\r\nDATA\r\n"));
            wire.expect("250 2.1.0").expect("250 2.1.5").expect("354");
            wire.sendBytes(bytes(POST + ".\r\nMAIL FROM:<>\r\nRCPT TO:<ant-bounces@lists.example.com>\r\nQUIT\r\n"));
            wire.expect("250 2.0.0").expect("250 2.1.0").expect("250 2.1.5").expect("221");
        }
    }

    @Test
    void greetsWithTheNameThatItsConfigurationGives() {
        try (WireClient wire = WireClient.connect(james.port())) {
            wire.expect("220 localhost ");
        }
    }

    @Test
    void wantsLhloFirst() {
        try (WireClient wire = WireClient.connect(james.port())) {
            wire.expect("220").send("MAIL FROM:<anne@example.com>").expect("503 5.5.1");
        }
    }

    @Test
    void refusesParametersThatItWouldNotHonour() {
        try (WireClient wire = greeted()) {
            wire.send("MAIL FROM:<anne@example.com> SMTPUTF8").expect("555 5.5.4");
            wire.send("MAIL FROM:<anne@example.com> BODY=8BITMIME").expect("250");
            wire.send("RCPT TO:<ant@lists.example.com> NOTIFY=NEVER").expect("555 5.5.4");
        }
    }

    @Test
    void refusesDataWithoutAValidRecipient() {
        try (WireClient wire = greeted()) {
            wire.send("MAIL FROM:<anne@example.com>").expect("250");
            wire.send("RCPT TO:<nobody@lists.example.com>").expect("550");
            wire.send("DATA").expect("503 5.5.1");
        }
    }

    @Test
    void refusesTooLargeAMessageAtMailOrOncePerRecipient() {
        try (WireClient wire = greeted()) {
            wire.send("MAIL FROM:<anne@example.com> SIZE=200000").expect("552 5.3.4");
            envelope(wire, "ant@lists.example.com", "ant-owner@lists.example.com");
            byte[] large = bytes(POST + ("x".repeat(70) + "\r\n").repeat(3000));
            wire.send("DATA").expect("354").sendMessage(large);
            wire.expect("552 5.3.4 <ant@lists.example.com>").expect("552 5.3.4 <ant-owner@lists.example.com>");
            envelope(wire, "ant@lists.example.com");
            wire.send("DATA").expect("354").sendMessage(bytes(POST)).expect("250 2.0.0");
        }
    }

    @Test
    void closesTheConnectionAtABareLineFeed() {
        for (String ending : List.of("smuggled\n.\r\n", "\n.\n", "\r\n.\n")) {
            try (WireClient wire = greeted()) {
                envelope(wire, "ant@lists.example.com");
                wire.send("DATA").expect("354").sendBytes(bytes(POST + ending + "MAIL FROM:<eve@example.com>\r\n"));
                wire.expect("521 5.5.2").expectClosed();
            }
        }
    }

    @Test
    void refusesWhatTheSiteWouldDiscard() {
        try (WireClient wire = greeted()) {
            wire.send("MAIL FROM:<spammer@example.org>").expect("250");
            wire.send("RCPT TO:<ant@lists.example.com>").expect("250");
            wire.send("DATA").expect("354").sendMessage(bytes(POST)).expect("550 5.7.1");
        }
    }

    @Test
    void answersTheMessageInHandBeforeItEndsOnSigterm() {
        try (PrivateJames ending = PrivateJames.builder().start();
                WireClient wire = greeted(ending)) {
            envelope(wire, "ant@lists.example.com");
            wire.send("DATA").expect("354").sendBytes(bytes("From: anne@example.com\r\n\r\n"));
            ending.program().terminate();
            wire.sendBytes(bytes("Hi\r\n.\r\n")).expect("250 2.0.0");
            assertThat(ending.program().awaitExit()).isZero();
        }
    }

    @Test
    void triesLaterWhatNoMailetDecidesOn() {
        UnaryOperator<String> withoutTheQueue = xml -> xml.replace(
                        "class=\"org.jamesmailman.mailets.EnqueueToMailman\"",
                        "class=\"org.apache.james.transport.mailets.Null\"")
                .replace("<onMailetException>propagate</onMailetException>", "");
        try (PrivateJames undecided =
                        PrivateJames.builder().mailetcontainer(withoutTheQueue).start();
                WireClient wire = greeted(undecided)) {
            envelope(wire, "ant@lists.example.com");
            wire.send("DATA").expect("354").sendMessage(bytes(POST)).expect("451 4.3.0");
        }
    }

    private static WireClient greeted() {
        return greeted(james);
    }

    private static WireClient greeted(PrivateJames server) {
        return WireClient.connect(server.port())
                .expect("220")
                .send("LHLO client.example.org")
                .expect("250");
    }

    private static void envelope(WireClient wire, String... recipients) {
        wire.send("MAIL FROM:<anne@example.com>").expect("250");
        for (String recipient : recipients) {
            wire.send("RCPT TO:<" + recipient + ">").expect("250");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
