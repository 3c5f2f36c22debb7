// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;

/**
 * For {@code fuzz.sh pickle}: an entry of any message and any reverse-path loads in Python, to a value equal to the one
 * that Mailman's own LMTP handler writes for the same transaction.
 *
 * <p>The input's first octet chooses the recipient, the second tells how many octets of reverse-path follow, the next
 * four are the time; the rest is the message.
 */
public final class PickleFuzzTarget {
    private static final String SITE_OWNER = "site-owner@example.com";
    private static final String SPARE_ID = "<171.42.spare@mail.example.com>";
    private static final SnapshotFixture NAMES =
            new SnapshotFixture().withDomain("example.com").withList("ant@example.com");
    private static final List<String> RECIPIENTS = List.of(
            "ant@example.com",
            "ant-owner@example.com",
            "ant-request@example.com",
            "ant-join@example.com",
            "ant-leave@example.com",
            "ant-confirm+0123@example.com",
            "ant-bounces+anne=example.net@example.com");
    private static final PickleFuzzTarget TARGET = startInTemporaryDirectory();

    private final Path directory;
    private final PythonPeer mailman;

    private PickleFuzzTarget(Path directory, PythonPeer mailman) {
        this.directory = directory;
        this.mailman = mailman;
    }

    /** Jazzer calls this. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        TARGET.check(octets);
    }

    private static PickleFuzzTarget startInTemporaryDirectory() {
        try {
            return start(Files.createTempDirectory("pickles"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PickleFuzzTarget start(Path directory) {
        PythonPeer mailman =
                PythonPeer.start("lmtp-peer.py", directory.resolve("theirs").toString());
        mailman.ask(Map.of(
                "lists",
                NAMES.postingAddresses(),
                "domains",
                List.of(Arrays.asList("example.com", null)),
                "delimiter",
                "+"));
        return new PickleFuzzTarget(directory, mailman);
    }

    void close() {
        mailman.close();
    }

    void check(byte[] input) throws IOException {
        if (input.length < 6) {
            return;
        }
        String recipient = RECIPIENTS.get((input[0] & 0xFF) % RECIPIENTS.size());
        ByteBuffer rest = ByteBuffer.wrap(input, 2, input.length - 2);
        Instant receivedAt = Instant.ofEpochSecond(rest.getInt() & 0xFFFF_FFFFL, 123_456_789);
        String reversePath = reversePath(rest, Math.min(input[1] & 0x3F, rest.remaining()));
        byte[] message = new byte[rest.remaining()];
        rest.get(message);

        MimeAnalysis analysis = new MimeAnalyzer().analyze(new HeapMessage(message));
        if (analysis.unqueueable().isPresent() || analysis.doubt().isPresent()) {
            // EnqueueToMailman makes no entry of the one, and Python alone can tell of the other.
            return;
        }
        Destination destination =
                ((Resolution.Found) new RecipientResolver("+").resolve(recipient, NAMES)).destination();
        Path file = write(new QueueEntry(
                destination, reversePath, new HeapMessage(message), SPARE_ID, receivedAt, new Fingerprint(1, 2, 3)));
        if (analysis.defects().isEmpty()) {
            compare(file, message, reversePath, recipient, receivedAt, destination.queue());
        } else {
            assertThat(mailman.ask(Map.of("load", file.toString())).path("good").asBoolean())
                    .isTrue();
        }
    }

    /** Of any octets a reverse-path that the LMTP side would take: printable ASCII. */
    private static String reversePath(ByteBuffer octets, int length) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < length; i++) {
            path.append((char) (' ' + (octets.get() & 0xFF) % ('~' - ' ' + 1)));
        }
        return path.toString();
    }

    private Path write(QueueEntry entry) throws IOException {
        Path file = directory.resolve("entry.pck");
        EntryPickler pickler = new EntryPickler(SITE_OWNER);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(pickler.beforeMessage(entry));
            channel.write(ByteBuffer.wrap(entry.message().openStream().readAllBytes()));
            channel.write(pickler.afterMessage(entry));
        }
        return file;
    }

    private void compare(
            Path file, byte[] message, String reversePath, String recipient, Instant receivedAt, String queue) {
        JsonNode answer = mailman.ask(Map.of(
                "content",
                Base64.getEncoder().encodeToString(message),
                "mailFrom",
                reversePath.isEmpty() ? "<>" : reversePath,
                "rcpt",
                recipient,
                "messageId",
                SPARE_ID,
                "receivedAt",
                LocalDateTime.ofInstant(receivedAt, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MICROS)
                        .toString(),
                "entry",
                file.toString()));
        assertThat(answer.path("status").asText()).isEqualTo("250 Ok");
        assertThat(answer.path("queue").asText()).isEqualTo(queue);
        assertThat(answer.get("ours")).isEqualTo(answer.get("mailman"));
    }
}
