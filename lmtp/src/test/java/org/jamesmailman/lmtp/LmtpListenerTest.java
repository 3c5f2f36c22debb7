// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our own listener does and James's does not. */
class LmtpListenerTest extends OnTheWire {
    private static final String QUEUED = "250 2.0.0 <ant@example.com> queued as ";
    private static final String ENVELOPE = "MAIL FROM:<anne@example.com>\r\nRCPT TO:<ant@example.com>\r\nDATA\r\n";

    @Override
    LmtpServerFixture another() {
        return super.another().withOurListener();
    }

    private WireClient connect() {
        return WireClient.connect(server.port());
    }

    /** Lets messages wait at the mailets until it is released, each once. */
    private Semaphore holdMessages(CountDownLatch arrived) {
        Semaphore gate = new Semaphore(0);
        mailets.on("ant@example.com", (mail, delivery) -> {
            arrived.countDown();
            gate.acquireUninterruptibly();
        });
        return gate;
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 1_000_000})
    void keepsLinesOfAnyLength(int length) {
        String message = "x".repeat(length) + "\r\n";

        client.startMessage("ant@example.com").send(message + ".\r\n");

        assertThat(client.reply()).startsWith(QUEUED);
        assertThat(mailets.messages()).containsExactly(message);
    }

    @Test
    void takesAConversationInOnePieceAndInItsOrder() {
        client.send(ENVELOPE + MESSAGE + ".\r\n" + ENVELOPE + "x\r\n.\r\nNOOP\r\nQUIT\r\n");

        assertThat(client.replies(10)).satisfies(replies -> {
            assertThat(replies.get(3)).startsWith(QUEUED);
            assertThat(replies.get(7)).startsWith(QUEUED);
            assertThat(replies.get(9)).startsWith("221 ");
        });
        assertThat(mailets.messages()).containsExactly(MESSAGE, "x\r\n");
    }

    @Test
    void takesAConversationOctetByOctet() {
        for (char octet : (ENVELOPE + ".." + MESSAGE + ".\r\nNOOP\r\n").toCharArray()) {
            client.send(Character.toString(octet));
        }

        assertThat(client.replies(5).get(4)).startsWith("250 ");
        assertThat(mailets.messages()).containsExactly("." + MESSAGE);
    }

    @Test
    void answersAClientThatHasClosedItsHalf() {
        try (WireClient half = connect()) {
            half.sendBytes(("LHLO x\r\n" + ENVELOPE + MESSAGE + ".\r\n").getBytes(StandardCharsets.US_ASCII))
                    .endOfInput();

            half.expect("220")
                    .expect("250")
                    .expect("250")
                    .expect("250")
                    .expect("354")
                    .expect("250 2.0.0");
            half.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\n", "\n", "NOOP\r\nNOOP\n", "LHLO x\n"})
    void closesAtABareLineFeedInACommand(String commands) {
        client.send(commands + "RSET\r\n");
        String reply = client.reply();
        if (reply.startsWith("250")) {
            reply = client.reply();
        }

        assertThat(reply).isEqualTo("521 5.5.2 lines must end with CRLF: closing the connection");
        client.expectEnd();
    }

    @Test
    void refusesTooLongACommandAndGoesOn() {
        assertThat(client.ask("NOOP " + "x".repeat(3_000))).isEqualTo("500 5.5.2 line too long");
        assertThat(client.ask("NOOP")).startsWith("250");
    }

    @Test
    void endsACommandThatHasNoEnd() {
        client.send("x".repeat(200_000));

        assertThat(client.reply()).isEqualTo("500 5.5.2 line too long");
        client.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\0", "\tNOOP", "NO\rOP", "RCPT TO:<ant@example.com>\u007f"})
    void refusesControlCharactersInACommand(String command) {
        assertThat(client.ask(command)).isEqualTo("500 5.5.2 a command has no control characters");
    }

    @Test
    void endsAClientThatMakesNothingButErrors() {
        for (int i = 0; i < 20; i++) {
            assertThat(client.ask("FOO")).isEqualTo("500 5.5.1 command not known");
        }

        assertThat(client.ask("FOO")).isEqualTo("421 4.7.0 too many errors: closing the connection");
        client.expectEnd();
    }

    @Test
    void doesNotCountRecipientsThatAClientHasPipelinedAsErrors() {
        for (int i = 0; i < 50; i++) {
            assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1");
        }
        assertThat(client.ask("NOOP")).startsWith("250");
    }

    @Test
    void tellsAnIdleClientThatItsTimeIsUp() {
        restart(another().with("connectiontimeout", 1));

        assertThat(client.reply()).isEqualTo("421 4.4.2 timeout: closing the connection");
        client.expectEnd();
    }

    @Test
    void tellsAClientThatIsSilentInAMessage() {
        restart(another().with("connectiontimeout", 1));
        client.startMessage("ant@example.com").send("From: an");

        assertThat(client.reply()).startsWith("421 4.4.2");
        assertThat(mailets.messages()).isEmpty();
    }

    @Test
    void boundsTheTimeForAMessageHoweverBusilyItComes() {
        restart(another().with("messageTimeout", 1));
        client.startMessage("ant@example.com").send("From: an");

        assertThat(client.reply()).startsWith("421 4.4.2");
    }

    @Test
    void turnsAwayMoreConnectionsThanItMayHave() {
        restart(another().with("connectionLimit", 1));
        try (WireClient second = connect()) {
            second.expect("421 4.3.2 too many connections").expectClosed();
        }
        client.close();
        server.awaitDisconnection();
        Await.until("room", () -> {
            try (WireClient third = connect()) {
                return third.read().toString().startsWith("220 ");
            }
        });
    }

    @Test
    void turnsAwayMoreConnectionsThanOneClientMayHave() {
        restart(another().with("connectionLimitPerIP", 1));
        try (WireClient second = connect()) {
            second.expect("421 4.7.0 too many connections from your address").expectClosed();
        }
    }

    @Test
    void hasRoomForANewClientWhileThoseThatItTurnedAwayAreStillThere() {
        restart(another().with("connectionLimit", 2));
        List<WireClient> turnedAway = new ArrayList<>();
        try (WireClient second = connect().expect("220 ")) {
            for (int i = 0; i < 20; i++) {
                turnedAway.add(connect().expect("421 4.3.2 too many connections"));
            }
            second.send("QUIT").expect("221").expectClosed();
        }
        server.awaitDisconnection();

        try (WireClient next = connect()) {
            next.expect("220 ");
        }
        turnedAway.forEach(WireClient::close);
    }

    @Test
    void tellsTheLogOfConnectionsThatItCloses() {
        try (LogLines log = new LogLines()) {
            client.send("NOOP\n");
            assertThat(client.reply()).startsWith("521 ");

            log.await("INFO The connection from 127.0.0.1 is closed: 521 5.5.2 lines must end with CRLF: closing the"
                    + " connection");
        }
    }

    @Test
    void putsOffWhatIsTooMuchAtATime() throws InterruptedException {
        restart(another().with("maxExecutorCount", 1).with("messageQueueSize", 1));
        CountDownLatch arrived = new CountDownLatch(1);
        Semaphore gate = holdMessages(arrived);
        client.startMessage("ant@example.com").send(MESSAGE + ".\r\n");
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        List<RawClient> others = List.of(server.greeted(), server.greeted());
        for (RawClient other : others) {
            other.startMessage("ant@example.com", "ant-owner@example.com").send(MESSAGE + ".\r\n");
        }

        // One of them waits in the queue, and the other finds it full.
        assertThat(Await.value("a reply", () -> firstReady(others)).replies(2))
                .allMatch(reply -> reply.matches("452 4.3.1 <.*> too many messages at a time, try again later"));
        gate.release(2);
        others.forEach(RawClient::close);
    }

    private static Optional<RawClient> firstReady(List<RawClient> clients) {
        return clients.stream().filter(RawClient::hasReply).findFirst();
    }

    @Test
    void servesOthersWhileMessagesWaitForTheDisk() throws InterruptedException {
        restart(another().with("ioWorkerCount", 1));
        CountDownLatch arrived = new CountDownLatch(1);
        Semaphore gate = holdMessages(arrived);
        client.startMessage("ant@example.com").send(MESSAGE + ".\r\n");
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        try (RawClient other = server.greeted()) {
            assertThat(other.ask("NOOP")).startsWith("250");
        }
        gate.release();
        assertThat(client.reply()).startsWith("451 ");
    }

    @Test
    void answersWhatIsInHandAtAStopAndTellsTheOthers() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        Semaphore gate = holdMessages(arrived);
        RawClient sending = server.greeted();
        sending.startMessage("ant-owner@example.com").send("From: ");
        RawClient waiting = server.greeted();
        waiting.startMessage("ant@example.com").send(MESSAGE + ".\r\n");
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(server::close, "stop");
        stop.start();

        assertThat(client.reply()).isEqualTo("421 4.3.2 shutting down, try again later");
        gate.release();
        assertThat(waiting.reply()).startsWith("451 ");
        assertThat(waiting.reply()).startsWith("421 4.3.2");
        sending.send("anne@example.com\r\n\r\n.\r\n");
        assertThat(sending.reply()).startsWith("250 2.0.0 <ant-owner@example.com> queued as ");
        assertThat(sending.reply()).startsWith("421 4.3.2");
        for (RawClient done : List.of(client, waiting, sending)) {
            done.close();
        }
        stop.join();
    }

    @Test
    void doesNotWaitForEverAtAStop() throws InterruptedException {
        restart(another().with("shutdownTimeout", 1));
        client.startMessage("ant@example.com").send("From: ");
        Thread stop = new Thread(server::close, "stop");
        stop.start();

        stop.join(Await.PATIENCE.toMillis());
        assertThat(stop.isAlive()).isFalse();
    }

    @Test
    void goesOnWhenAClientReadsItsRepliesLate() {
        int commands = 100_000;
        Thread flood = new Thread(() -> client.send("NOOP\r\n".repeat(commands)), "flood");
        flood.start();

        assertThat(client.replies(commands)).allMatch(reply -> reply.startsWith("250"));
    }

    @Test
    void refusesWhatOnlySmtpUtf8Allows() {
        assertThat(client.ask("MAIL FROM:<\u00e4@example.com>"))
                .isEqualTo("553 5.6.7 the address is not ASCII, and SMTPUTF8 is not served here");
    }

    @Test
    void isNoSmtpServer() {
        assertThat(client.ask("EHLO x")).isEqualTo("500 5.5.1 this is LMTP: say LHLO");
    }
}
