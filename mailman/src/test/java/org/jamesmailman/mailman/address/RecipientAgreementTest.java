// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated recipients lead where Mailman's own LMTP handler would put their mail. A failure prints the seed;
 * {@code -Dmailman.recipients.seed=N} runs it again, {@code -Dmailman.recipients.count=N} more of them.
 */
class RecipientAgreementTest {
    private static final int COUNT = Integer.getInteger("mailman.recipients.count", 6000);
    private static final long SEED = Long.getLong("mailman.recipients.seed", System.nanoTime());
    private static final int SITES = 12;

    private static final List<String> WORDS = List.of("ant", "bee", "cow", "a", "x-y", "news", "ant-bee", "k");
    private static final List<String> SUFFIXES = List.of(
            "bounces",
            "confirm",
            "join",
            "leave",
            "owner",
            "request",
            "subscribe",
            "unsubscribe",
            "admin",
            "",
            "Owner",
            "requests",
            "join-leave",
            "owner-owner");
    private static final List<String> HOSTS = List.of("a.example", "b.example", "c.example", "example.com");
    private static final List<String> DELIMITERS = List.of("+", "+", "+", "=", "--", "-", "=+");

    @TempDir
    static Path queues;

    private static PythonPeer mailman;

    private final Random random = new Random(SEED);
    private int lists;

    @BeforeAll
    static void startMailman() {
        mailman = PythonPeer.start("lmtp-peer.py", queues.toString());
    }

    @AfterAll
    static void stopMailman() {
        mailman.close();
    }

    @Test
    void sendsEveryRecipientWhereMailmanWould() {
        for (int site = 0; site < SITES; site++) {
            SnapshotFixture names = site();
            String delimiter = pick(DELIMITERS);
            mailman.ask(Map.of(
                    "lists",
                    names.postingAddresses(),
                    "domains",
                    names.domains().entrySet().stream()
                            .map(domain -> Stream.of(
                                            domain.getKey(), domain.getValue().orElse(null))
                                    .toArray())
                            .toList(),
                    "delimiter",
                    delimiter));
            RecipientResolver resolver = new RecipientResolver(delimiter);
            for (int i = 0; i < COUNT / SITES; i++) {
                compare(resolver, names, delimiter);
            }
        }
        System.out.printf("seed %d: %d recipients, %d of them lists'%n", SEED, COUNT, lists);
        assertThat(lists).as("seed %d: recipients that are lists'", SEED).isBetween(COUNT / 10, COUNT * 9 / 10);
    }

    private void compare(RecipientResolver resolver, SnapshotFixture names, String delimiter) {
        String address = address(delimiter);
        JsonNode expected = mailman.ask(Map.of("rcpt", address));
        Resolution resolution = resolver.resolve(address, names);
        String which = "seed " + SEED + ": " + address + " of " + names.postingAddresses() + ", " + names.domains();
        assertThat(resolution instanceof Resolution.Found).as(which).isEqualTo(!expected.isNull());
        if (resolution instanceof Resolution.Found found) {
            lists++;
            Destination destination = found.destination();
            assertThat(destination.listId())
                    .as(which)
                    .isEqualTo(expected.get("listid").asText());
            assertThat(destination.queue())
                    .as(which)
                    .isEqualTo(expected.get("queue").asText());
            assertThat(destination.subaddress().map(Subaddress::canonicalName))
                    .as(which)
                    .isEqualTo(Optional.ofNullable(expected.get("subaddress").textValue()));
        }
    }

    private SnapshotFixture site() {
        SnapshotFixture names = new SnapshotFixture();
        for (String host : HOSTS) {
            if (random.nextInt(3) == 0) {
                names.withDomain(host, pick(List.of("alias.example", "b.example", "Mixed.example", "a.example")));
            } else {
                names.withDomain(host);
            }
        }
        for (int i = 0; i < 25; i++) {
            String suffix = random.nextInt(4) == 0 ? "-" + pick(SUFFIXES).toLowerCase(Locale.ROOT) : "";
            names.withList(pick(WORDS) + suffix + "@" + pick(HOSTS));
        }
        return names;
    }

    private String address(String delimiter) {
        StringBuilder address = new StringBuilder(random.nextInt(30) == 0 ? "" : pick(WORDS));
        for (int i = random.nextInt(3); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> address.append('-').append(pick(WORDS));
                case 1 -> address.append(delimiter).append(pick(WORDS));
                default -> address.append('-').append(pick(SUFFIXES));
            }
        }
        if (random.nextInt(4) == 0) {
            address.append(delimiter).append("anne=example.net");
        }
        address.append('@')
                .append(random.nextInt(4) == 0 ? pick(List.of("alias.example", "mixed.example")) : pick(HOSTS));
        return random.nextInt(4) == 0 ? changeCase(address) : address.toString();
    }

    private String changeCase(CharSequence address) {
        StringBuilder changed = new StringBuilder();
        address.chars().forEach(c -> changed.append(random.nextBoolean() ? Character.toUpperCase((char) c) : (char) c));
        return changed.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
