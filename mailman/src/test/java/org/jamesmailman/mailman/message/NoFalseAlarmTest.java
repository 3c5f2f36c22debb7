// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jamesmailman.mailman.MailmanPeer;
import org.jamesmailman.mailman.PythonPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of the messages that others collected, we refuse without configuration exactly those that Mailman's LMTP runner
 * refuses or breaks on, and besides only such as its next runners shunt, whatever the list and the subaddress. Prints
 * how many were compared, and each difference. {@code -Dmailman.agreement.corpus=FOLDER} brings a corpus of one's own.
 */
class NoFalseAlarmTest {
    private static final String OWN_CORPUS = "mailman.agreement.corpus";

    /** The recipients of {@code runners-peer.py}, and the queues that their mail comes into. */
    private static final Map<String, String> QUEUES = new TreeMap<>(Map.of(
            "open@example.com", "in",
            "held@example.com", "in",
            "open-owner@example.com", "in",
            "open-request@example.com", "command",
            "open-bounces@example.com", "bounces"));

    @TempDir
    static Path root;

    private static PythonPeer mailman;

    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int refused;
    private int overlooked;

    @BeforeAll
    static void startMailman() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        mailman = MailmanPeer.start(Files.createDirectory(root.resolve("mailman")), "runners-peer.py");
    }

    @AfterAll
    static void stopMailman() {
        mailman.close();
    }

    @Test
    void refusesNothingThatMailmanWouldHaveDelivered() throws IOException {
        Map<String, byte[]> corpus = MessageCorpus.all();
        if (System.getProperty(OWN_CORPUS) != null) {
            corpus.putAll(MessageCorpus.folder(Path.of(System.getProperty(OWN_CORPUS))));
        }
        for (Map.Entry<String, byte[]> entry : corpus.entrySet()) {
            compare(entry.getKey(), entry.getValue(), false);
            // So it would come over the wire, and be shunted.
            compare(entry.getKey() + ", with CRLF", withCrlf(entry.getValue()), true);
        }
        differences.forEach(System.out::println);
        System.out.printf(
                "%d messages, each as it is and with CRLF: %d comparisons. Mailman's LMTP runner refuses %d, and so do we; "
                        + "%d we refuse, which it takes and the next runner shunts; "
                        + "%d we take, which the next runners shunt for all recipients.%n",
                corpus.size(), compared, refused, differences.size(), overlooked);
        assertThat(corpus).hasSizeGreaterThan(350);
        assertThat(refused).isPositive();
    }

    @Test
    void refusesOnlySuchOddMessagesAsMailmanShunts() throws IOException {
        for (String field : List.of(
                "From: =?x-none?q?Anne?= <anne@example.com>",
                "Reply-To: =?utf-8?q?=E9?= <anne@example.com>",
                "Sender: =?utf-8?b?YWJjZ?= <anne@example.com>",
                "X-Ack: \u00e9",
                "Precedence: \u00e9",
                "X-Ack: no\r\nPrecedence: \u00e9",
                "Message-ID: <1@x>\r\nMessage-ID: <2@x>",
                "Subject: =?x-none?q?help?=",
                "List-Post: \u00e9",
                "Content-Type: text/plain; name*=a; name*0=b")) {
            compare(field, (field + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.ISO_8859_1), true);
        }
        assertThat(differences).hasSize(5);
    }

    private void compare(String name, byte[] message, boolean run) throws IOException {
        compared++;
        JsonNode theirs = mailman.ask(Map.of(
                "content", Base64.getEncoder().encodeToString(message), "mailFrom", "anne@example.com", "run", run));
        MimeAnalysis ours = new MimeAnalyzer().analyze(new HeapMessage(message));
        boolean taken = theirs.get("status").get(0).asText().startsWith("250");
        boolean takenByUs = ours.allDefects("in").stream().allMatch(NamedDefect::isTakenByLmtpRunner);
        assertThat(takenByUs).as("%s: %s, and we found %s", name, theirs, ours).isEqualTo(taken);
        refused += taken ? 0 : 1;
        if (!taken || !run) {
            return;
        }
        List<String> shunted = new ArrayList<>();
        theirs.get("shunted").forEach(recipient -> shunted.add(recipient.asText()));
        List<String> refusedByUs = QUEUES.keySet().stream()
                .filter(recipient -> !ours.allDefects(QUEUES.get(recipient)).isEmpty())
                .toList();
        assertThat(shunted).as(name).containsAll(refusedByUs);
        if (!refusedByUs.isEmpty()) {
            differences.add(name + ": " + ours.hazards() + "; Mailman shunts it for " + shunted);
        } else if (shunted.containsAll(QUEUES.keySet())) {
            overlooked++;
            System.out.println(name + ": we take it, Mailman shunts it for everybody");
        }
    }

    private static byte[] withCrlf(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
