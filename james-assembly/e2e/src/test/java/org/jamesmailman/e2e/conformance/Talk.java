// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.DotStuffing;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.WireReply;

/** A conversation of which what matters is kept: the codes of the replies, and when the server hangs up. */
final class Talk implements AutoCloseable {
    static final String SENDER = "anne@example.com";

    /** A message with nothing wrong with it. */
    static final String POST = "From: anne@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nHi\r\n";

    /** What is seen when the server hangs up. */
    static final String CLOSED = "closed";

    private static final String MAIL = "MAIL FROM:<" + SENDER + ">";
    private static final Pattern CODES =
            Pattern.compile("(\\d{3})[ -]?(\\d\\.\\d{1,3}\\.\\d{1,3}(?= |$))?.*", Pattern.DOTALL);

    /** So many replies in a row belong to no message of ours. */
    private static final int MAX_REPLIES = 3_000;

    private final Server server;
    private final WireClient wire;

    private Talk(Server server) {
        this.server = server;
        this.wire = server.connect();
    }

    /** With a client that has read nothing yet. */
    static Clause.Check mute(Function<Talk, String> conversation) {
        return server -> {
            server.site().clear();
            try (Talk talk = new Talk(server)) {
                return conversation.apply(talk);
            }
        };
    }

    /** With a client that has read the greeting. */
    static Clause.Check connected(Function<Talk, String> conversation) {
        return server -> {
            server.site().clear();
            try (Talk talk = welcomed(server)) {
                return conversation.apply(talk);
            }
        };
    }

    /** A connection that has ended counts for a server's limit a moment longer. */
    private static Talk welcomed(Server server) {
        return Await.value("a greeting of " + server.heading(), () -> {
            Talk talk = new Talk(server);
            boolean isWelcome =
                    talk.wire.readOrEnd().filter(reply -> reply.code() == 220).isPresent();
            if (!isWelcome) {
                talk.close();
            }
            return isWelcome ? Optional.of(talk) : Optional.empty();
        });
    }

    /** With a client that has said LHLO. */
    static Clause.Check greeted(Function<Talk, String> conversation) {
        return connected(talk -> conversation.apply(talk.said("LHLO client.example.org")));
    }

    /** With a client that has said MAIL. */
    static Clause.Check inTransaction(Function<Talk, String> conversation) {
        return greeted(talk -> conversation.apply(talk.said(MAIL)));
    }

    /** With a client that has said MAIL and RCPT. */
    static Clause.Check withRecipient(Function<Talk, String> conversation) {
        return inTransaction(talk -> conversation.apply(talk.said(rcpt(Site.OPEN))));
    }

    /** With a client that has said DATA. */
    static Clause.Check inMessage(Function<Talk, String> conversation) {
        return withRecipient(talk -> conversation.apply(talk.said("DATA")));
    }

    /** The check on the server with small limits. */
    static Clause.Check restricted(Clause.Check check) {
        return server -> server.restricted().map(check::see).orElse(Clause.NOT_TRIED);
    }

    static String rcpt(String address) {
        return "RCPT TO:<" + address + ">";
    }

    /** A post whose body is these lines. */
    static byte[] post(String body) {
        return bytes("From: anne@example.com\r\nMessage-ID: <1@example.com>\r\n\r\n" + body);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    Site site() {
        return server.site();
    }

    /** Says a line, and tells the codes of the reply. */
    String ask(String line) {
        wire.send(line);
        return reply();
    }

    /** Says lines one after the other, and tells the codes of each reply. */
    String askEach(String... lines) {
        List<String> replies = new ArrayList<>();
        for (String line : lines) {
            replies.add(ask(line));
        }
        return String.join(", ", replies);
    }

    /** Says what must be accepted for the rest to mean anything. */
    Talk said(String line) {
        wire.send(line);
        WireReply reply = wire.read();
        if (reply.code() >= 400 || reply.code() == 0) {
            throw new AssertionError("said " + line + ", got " + reply);
        }
        return this;
    }

    /** Sends octets as they are, each character one of them. */
    Talk send(String octets) {
        wire.sendBytes(bytes(octets));
        return this;
    }

    /** The codes of the next reply. */
    String reply() {
        return wire.readOrEnd().map(Talk::codes).orElse(CLOSED);
    }

    /** The codes of the next replies. */
    String replies(int count) {
        return String.join(
                ", ", IntStream.range(0, count).mapToObj(reply -> reply()).toList());
    }

    /** The next reply, whole. */
    WireReply whole(String line) {
        return wire.send(line).read();
    }

    /** The greeting, whole. */
    WireReply greeting() {
        return wire.read();
    }

    /** Gives an envelope and a message, and tells the codes of all that is said after the message. */
    String deliver(byte[] message, String... recipients) {
        return deliverFrom(SENDER, message, recipients);
    }

    /** The same with another sender. */
    String deliverFrom(String sender, byte[] message, String... recipients) {
        said("MAIL FROM:<" + sender + ">");
        for (String recipient : recipients) {
            wire.send(rcpt(recipient)).read();
        }
        return said("DATA").message(message);
    }

    /** Sends a message, and tells the codes of all that is said after it. */
    String message(byte[] message) {
        wire.sendBytes(DotStuffing.stuffed(message));
        return untilTheEnd();
    }

    /** Sends a message, and awaits nothing. */
    Talk sendMessage(byte[] message) {
        wire.sendBytes(DotStuffing.stuffed(message));
        return this;
    }

    /** A post of so many octets. */
    byte[] postOf(int size) {
        String end = "x".repeat(70) + "\r\n";
        StringBuilder post = new StringBuilder(POST);
        while (post.length() + 2 * end.length() <= size) {
            post.append(end);
        }
        return bytes(
                post.append("x".repeat(size - post.length() - 2)).append("\r\n").toString());
    }

    /** Says that nothing more will be sent, and waits for the end of the connection. */
    void endOfInput() {
        wire.endOfInput().expectClosed();
    }

    /** Sends octets of a message, and tells the codes of all that is said after them. */
    String rest(String octets) {
        wire.sendBytes(bytes(octets));
        return untilTheEnd();
    }

    /** Tells the codes of all that is said before the server says good-bye to QUIT, or hangs up. */
    String untilTheEnd() {
        wire.send("QUIT");
        List<String> replies = new ArrayList<>();
        Optional<WireReply> reply = wire.readOrEnd();
        while (reply.isPresent() && reply.get().code() != 221) {
            replies.add(codes(reply.get()));
            if (replies.size() > MAX_REPLIES) {
                throw new AssertionError("endless replies:\n" + wire.transcript());
            }
            reply = wire.readOrEnd();
        }
        if (reply.isEmpty()) {
            replies.add(CLOSED);
        }
        return String.join(", ", replies);
    }

    /** Whether LHLO announces an extension, and with which parameter. */
    String announces(String keyword) {
        return whole("LHLO client.example.org").lines().stream()
                .map(line -> line.substring(Math.min(4, line.length())))
                .filter(line -> line.equals(keyword) || line.startsWith(keyword + " "))
                .findFirst()
                .map(line -> "announced")
                .orElse("not announced");
    }

    /** The message size that LHLO announces; 0 for none. */
    int announcedSize() {
        return whole("LHLO client.example.org").lines().stream()
                .map(line -> Pattern.compile("SIZE (\\d+)").matcher(line))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElse(0);
    }

    /** Says STARTTLS, shakes hands, and has the conversation go on; tells the reply where it is refused. */
    String encrypted(SSLContext tls, Function<Talk, String> conversation) {
        String reply = ask("STARTTLS");
        return reply.startsWith("220") ? conversation.apply(handshake(tls)) : reply;
    }

    /** Shakes hands. */
    Talk handshake(SSLContext tls) {
        wire.encrypt(tls);
        return this;
    }

    /** The codes of a reply: {@code 250 2.1.0}, or {@code 250} where there is no enhanced one. */
    private static String codes(WireReply reply) {
        Matcher codes = CODES.matcher(reply.lines().get(reply.lines().size() - 1));
        if (!codes.matches()) {
            return "no reply";
        }
        return codes.group(2) == null ? codes.group(1) : codes.group(1) + " " + codes.group(2);
    }

    @Override
    public void close() {
        wire.close();
    }
}
