// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jamesmailman.testing.MailmanRest;
import org.jamesmailman.testing.MailmanSite;
import org.jamesmailman.testing.PickleReader;

/** Numbered messages to one list, whose posts Mailman lets through, and what is in Mailman's queues of them. */
final class Posts {
    static final String DOMAIN = "lists.example.org";
    static final String LIST = "ant@" + DOMAIN;

    /** To the queue {@code bounces}, which no test works off. */
    static final String BOUNCES = "ant-bounces@" + DOMAIN;

    private static final List<String> ALL_QUEUES = List.of("in", "bounces", "pipeline", "shunt", "bad");
    private static final int TYPICAL_SIZE = 4_000;

    private Posts() {}

    /** Makes the list. */
    static void createList(MailmanRest rest) {
        rest.createDomain(DOMAIN);
        String id = rest.createList(LIST);
        rest.configure(
                id,
                Map.of(
                        "default_nonmember_action", "accept",
                        "require_explicit_destination", "false",
                        "administrivia", "false"));
    }

    /** A message of some kilobytes, the same each time. */
    static byte[] message(int number) {
        String header = "From: anne@example.com\r\nTo: " + LIST + "\r\nSubject: number " + number + "\r\nMessage-ID: "
                + id(number) + "\r\n\r\n";
        String line = "x".repeat(70) + "\r\n";
        return (header + line.repeat(1 + number % (2 * TYPICAL_SIZE / line.length())))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String id(int number) {
        return "<number-" + number + "@example.com>";
    }

    /**
     * Sees that all that lies in the queues loads in Python, and that each message is there once for each recipient.
     */
    static void assertOnceEach(MailmanSite site, int count, int recipients) {
        Map<String, Integer> found = count(entries(site));
        assertThat(found.keySet())
                .as("no message is lost")
                .containsAll(IntStream.range(0, count).mapToObj(Posts::id).toList());
        assertThat(found)
                .as("no message is doubled")
                .allSatisfy((id, times) -> assertThat(times).as(id).isEqualTo(recipients));
        assertThat(found).hasSize(count);
        assertThat(site.queue("shunt").files()).isEmpty();
        assertThat(site.queue("bad").files()).isEmpty();
    }

    /** How often each Message-ID is there in the entries, each of which is loaded in Python. */
    static Map<String, Integer> count(List<Path> entries) {
        Map<String, Integer> found = new TreeMap<>();
        try (PickleReader reader = PickleReader.start()) {
            entries.forEach(entry -> found.merge(reader.read(entry).messageId(), 1, Integer::sum));
        }
        return found;
    }

    /** The entries of all queues that a post can be in. */
    static List<Path> entries(MailmanSite site) {
        List<Path> all = new ArrayList<>();
        ALL_QUEUES.forEach(queue -> all.addAll(site.queue(queue).entries()));
        return all;
    }

    /** The files that wait for their commit. */
    static List<Path> staged(MailmanSite site) {
        return List.of("in", "command", "bounces").stream()
                .flatMap(queue -> site.queue(queue).files().stream())
                .filter(file -> file.toString().endsWith(".tmp"))
                .toList();
    }
}
