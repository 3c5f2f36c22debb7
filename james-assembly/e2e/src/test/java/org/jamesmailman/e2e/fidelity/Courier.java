// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.fidelity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.DotStuffing;
import org.jamesmailman.testing.PickleReader;
import org.jamesmailman.testing.QueueDirectory;
import org.jamesmailman.testing.TemporaryFolder;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.WireReply;
import org.jamesmailman.testing.property.Cuts;

/** Brings messages over one kept connection, in pieces, and looks at what is queued of each. Not thread-safe. */
final class Courier implements AutoCloseable {
    /** Whose mail is judged by nobody but the MIME pass. */
    static final String OWNERS = "ant-owner@lists.example.com";

    private static final byte[] FOLLOWING = bytes("NOOP\r\nRSET\r\n");

    private final PrivateJames james;
    private final PickleReader reader = PickleReader.start();
    private final TemporaryFolder folder = TemporaryFolder.create("fidelity");
    private Optional<WireClient> wire = Optional.empty();

    /** How much is sent without waiting for a reply. */
    enum Manner {
        /** Each command for itself. */
        STEP_BY_STEP,
        /** The envelope in one piece, and commands behind the message (RFC 2920). */
        PIPELINED,
        /** The message behind DATA in one piece, which no client may do, and which changes nothing. */
        HEEDLESS
    }

    /** @param replies to the message, one for each recipient */
    record Delivery(List<String> replies, List<Entry> entries) {
        List<String> names() {
            return entries.stream().map(Entry::name).toList();
        }

        List<String> repliedNames() {
            return replies.stream()
                    .map(reply -> reply.substring(reply.lastIndexOf(' ') + 1))
                    .toList();
        }
    }

    /** @param isAsSent whether Mailman loads from it what was sent */
    record Entry(String name, boolean isAsSent) {}

    Courier(PrivateJames james) {
        this.james = james;
    }

    /** Sends a message, takes it out of the queues, and tells what it was. */
    Delivery deliver(byte[] message, List<String> recipients, Manner manner, Cuts cuts) {
        try {
            List<String> replies = converse(message, recipients, manner, cuts);
            List<Path> queued =
                    queues().flatMap(queue -> queue.entries().stream()).toList();
            Path octets = Files.write(folder.path().resolve("message"), message);
            List<Entry> entries = queued.stream()
                    .map(entry -> new Entry(name(entry), reader.holds(entry, octets)))
                    .toList();
            queues().forEach(QueueDirectory::clear);
            return new Delivery(replies, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            // The next try begins with nothing of this one.
            hangUp();
            queues().forEach(QueueDirectory::clear);
            throw e;
        }
    }

    private List<String> converse(byte[] message, List<String> recipients, Manner manner, Cuts cuts) {
        WireClient client = connected();
        byte[] envelope = bytes("MAIL FROM:<anne@example.com> BODY=8BITMIME\r\n"
                + recipients.stream()
                        .map(recipient -> "RCPT TO:<" + recipient + ">\r\n")
                        .collect(Collectors.joining())
                + "DATA\r\n");
        byte[] stuffed = DotStuffing.stuffed(message);
        switch (manner) {
            case STEP_BY_STEP -> {
                new String(envelope, StandardCharsets.ISO_8859_1).lines().forEach(line -> client.send(line)
                        .expect(line.equals("DATA") ? "354" : "250"));
                send(client, cuts.of(stuffed));
                return read(client, recipients.size());
            }
            case PIPELINED -> {
                send(client, cuts.of(envelope));
                expectEnvelope(client, recipients.size());
                send(client, cuts.of(joined(stuffed, FOLLOWING)));
            }
            case HEEDLESS -> {
                send(client, cuts.of(joined(joined(envelope, stuffed), FOLLOWING)));
                expectEnvelope(client, recipients.size());
            }
        }
        List<String> replies = read(client, recipients.size());
        client.expect("250").expect("250");
        return replies;
    }

    private static void expectEnvelope(WireClient client, int recipients) {
        client.expect("250 2.1.0");
        for (int i = 0; i < recipients; i++) {
            client.expect("250 2.1.5");
        }
        client.expect("354");
    }

    private static List<String> read(WireClient client, int replies) {
        return client.read(replies).stream().map(WireReply::toString).toList();
    }

    private static void send(WireClient client, List<byte[]> pieces) {
        pieces.forEach(client::sendBytes);
    }

    private WireClient connected() {
        WireClient client = wire.orElseGet(() -> WireClient.connect(james.port())
                .expect("220")
                .send("LHLO client.example.org")
                .expect("250"));
        wire = Optional.of(client);
        return client;
    }

    private Stream<QueueDirectory> queues() {
        return Stream.of("in", "command", "bounces")
                .map(name ->
                        new QueueDirectory(james.varDirectory().resolve("queue").resolve(name)));
    }

    private static String name(Path entry) {
        return entry.getFileName().toString().replace(".pck", "");
    }

    private void hangUp() {
        wire.ifPresent(WireClient::close);
        wire = Optional.empty();
    }

    @Override
    public void close() {
        hangUp();
        reader.close();
        folder.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length);
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
