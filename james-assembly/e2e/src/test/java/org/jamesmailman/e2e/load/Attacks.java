// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.DotStuffing;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.property.SmtpMessages;

/** What clients do that mean ill, or are broken. Each returns when it is over. Thread-safe. */
@SuppressWarnings("StringConcatToTextBlock") // CRLF, and nothing but what is there.
final class Attacks {
    /** {@code message.max-size}, as it is when nobody sets it. */
    private static final int MAX_SIZE = 32 * 1024 * 1024;

    private static final int MAX_RECIPIENTS = 1_000;
    private static final int AT_ONCE = 8;
    private static final int GARBAGE_SIZE = 50_000;

    private static final String ENVELOPE =
            "MAIL FROM:<anne@example.com>\r\nRCPT TO:<ant-owner@lists.example.com>\r\nDATA\r\n";
    private static final String POST = "From: anne@example.com\r\n\r\nHi\r\n.\r\n";
    private static final String MESSAGE_TO_CUT = "LHLO client.example.org\r\nMAIL FROM:<%s>\r\n"
            + "RCPT TO:<ant-owner@lists.example.com>\r\nDATA\r\nFrom: anne@example.com\r\n\r\n..\r\nHi\r\n.\r\n";

    private final int port;
    private final Ledger ledger;

    Attacks(int port, Ledger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    /** So many connections with random octets, some of them without LF, some for a message. */
    void garbage(int connections, long seed) {
        atOnce(AT_ONCE, connections, number -> {
            Random random = new Random(seed + number);
            byte[] octets = new byte[GARBAGE_SIZE];
            random.nextBytes(octets);
            for (int i = 0; i < octets.length && number % 4 > 1; i++) {
                if (octets[i] == '\n') {
                    octets[i] = 'n';
                }
            }
            try (Socket socket = open()) {
                OutputStream out = socket.getOutputStream();
                out.write(bytes(number % 2 == 0 ? "" : "LHLO x\r\n" + ENVELOPE));
                out.write(octets);
                socket.shutdownOutput();
                ledger.note(latin1(socket.getInputStream().readAllBytes()));
            } catch (IOException e) {
                // The server has hung up on it.
            }
        });
    }

    /** A session, hung up on after each of its octets; each has its {@link #cutSender}. */
    void cutSessions() {
        atOnce(AT_ONCE, lengthOfCutMessage() + 15, length -> {
            String session = MESSAGE_TO_CUT.formatted(cutSender(length)) + "NOOP\r\nQUIT\r\n";
            try (Socket socket = open()) {
                socket.getOutputStream().write(bytes(session.substring(0, Math.min(length, session.length()))));
                if (length % 2 == 0) {
                    // An abrupt end, by a reset.
                    socket.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The sender in a session that is hung up on after so many octets. */
    static String cutSender(int length) {
        return "cut-%05d@example.com".formatted(length);
    }

    /** After so many octets a session has come to the end of its message. */
    static int lengthOfCutMessage() {
        return MESSAGE_TO_CUT.formatted(cutSender(0)).length();
    }

    /** Commands without end, whose replies nobody reads until no more go out. */
    void floodOfCommands(int count) {
        // Of all commands it is the one with the longest reply.
        try (Flood flood = new Flood(port, "LHLO x\r\n".repeat(count))) {
            assertThat(flood.replies().lines().filter(line -> line.startsWith("250 ")))
                    .hasSize(count);
        }
    }

    /** Messages without end, whose replies nobody reads until no more go out. */
    void floodOfMessages(int count) {
        try (Flood flood = new Flood(port, "LHLO x\r\n" + (ENVELOPE + POST).repeat(count))) {
            assertThat(ledger.note(flood.replies())).isEqualTo(count);
        }
    }

    /** Ten times as many recipients as there may be. */
    void recipients(int count) {
        String rcpts = "RCPT TO:<ant-owner@lists.example.com>\r\n".repeat(count);
        try (Flood flood = new Flood(port, "LHLO x\r\nMAIL FROM:<anne@example.com>\r\n" + rcpts + "RSET\r\n")) {
            String replies = flood.replies();
            assertThat(replies.lines().filter(line -> line.startsWith("250 2.1.5")))
                    .hasSize(MAX_RECIPIENTS);
            assertThat(replies.lines().filter(line -> line.startsWith("452 4.5.3")))
                    .hasSize(count - MAX_RECIPIENTS);
        }
    }

    /**
     * A message that is hard to work on.
     *
     * @return the reply; one that asks for it again would have the client bring it for days
     */
    String bomb(Bomb bomb) {
        try (WireClient client = greeted()) {
            client.send("MAIL FROM:<anne@example.com>").expect("250");
            for (int i = 0; i < bomb.recipients(); i++) {
                client.send("RCPT TO:<ant@lists.example.com>").expect("250");
            }
            client.send("DATA").expect("354").sendMessage(bomb.octets());
            String reply = "";
            for (int i = 0; i < bomb.recipients(); i++) {
                reply = client.read().toString();
                ledger.note(reply);
            }
            client.send("QUIT").expect("221");
            return reply;
        }
    }

    /** Sessions that all bring the largest message at once. */
    void largest(int sessions) {
        byte[] stuffed = DotStuffing.stuffed(SmtpMessages.exactly(MAX_SIZE, sessions));
        atOnce(sessions, sessions, number -> {
            try (WireClient client = greeted()) {
                client.send("MAIL FROM:<anne@example.com>").expect("250");
                client.send("RCPT TO:<ant-owner@lists.example.com>").expect("250");
                String reply = client.send("DATA")
                        .expect("354")
                        .sendBytes(stuffed)
                        .read()
                        .toString();
                assertThat(ledger.note(reply)).as(reply).isOne();
            }
        });
    }

    private static void atOnce(int threads, int count, IntConsumer task) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> running = IntStream.range(0, count)
                    .mapToObj(number -> executor.submit(() -> task.accept(number)))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e);
        } finally {
            executor.shutdownNow();
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        return socket;
    }

    private WireClient greeted() {
        return WireClient.connect(port)
                .expect("220")
                .send("LHLO client.example.org")
                .expect("250");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
