// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.TemporaryFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With a heap of 256 MiB, whatever clients do, the server goes on serving: a well-behaved client has each of its
 * messages queued, nothing is queued that was not answered, and nothing of it all is left behind.
 *
 * <p>{@code -Dmailman.load=long} has it do more of everything, and holds the well-behaved client to its two seconds a
 * message.
 */
class HostileLoadIT {
    private static final boolean IS_LONG =
            System.getProperty("mailman.load", "short").equals("long");
    private static final int CONNECTIONS = 1_000;
    private static final int SLOW_CONNECTIONS = 200;
    private static final int RECIPIENTS = 10_000;
    private static final long LONGEST_MILLIS = 2_000;
    private static final long SLACK_OCTETS = 24L * 1024 * 1024;

    private final TemporaryFolder temporary = TemporaryFolder.create("load");
    private final Ledger ledger = new Ledger();
    private PrivateJames james;
    private RunningProgram server;
    private Attacks attacks;

    @BeforeEach
    void start() {
        // As conf/ has it, but for the limit: the crowd alone would reach it.
        james = PrivateJames.builder()
                // The same message comes again and again, and each is counted.
                .setting("queue.retransmit-window", "0")
                .listener(xml -> xml.replace("<connectionLimit>1000<", "<connectionLimit>2000<"))
                .options("-Xmx256m -Djava.io.tmpdir=" + temporary.path())
                .start();
        server = james.program();
        attacks = new Attacks(james.port(), ledger);
    }

    @AfterEach
    void stop() {
        james.close();
        temporary.close();
    }

    @Test
    void servesAWellBehavedClientThroughAllOfItAndKeepsNothingBack() {
        warmUp();
        Vitals before = Vitals.of(server);
        try (WellBehavedClient client = new WellBehavedClient(james.port(), ledger);
                Crowd crowd = new Crowd(james.port(), CONNECTIONS - SLOW_CONNECTIONS, SLOW_CONNECTIONS)) {
            attack(client);
            assertThat(crowd.served()).isEqualTo(CONNECTIONS - SLOW_CONNECTIONS);
        }
        Vitals after = afterwards(before);
        System.out.printf("before: %s%nafter: %s, at most %d MiB resident%n", before, after, Vitals.peakMib(server));

        assertThat(after.heapOctets()).isLessThan(before.heapOctets() + SLACK_OCTETS);
        assertThat(temporary.path()).isEmptyDirectory();
        assertThat(server.output()).doesNotContain("OutOfMemoryError");
        assertNothingIsQueuedThatWasNotAnswered();
    }

    /** Who hangs up behind the end of a message does not read the answer; the log has it. */
    private void assertNothingIsQueuedThatWasNotAnswered() {
        Set<String> cutTooEarly = IntStream.range(0, Attacks.lengthOfCutMessage())
                .mapToObj(Attacks::cutSender)
                .collect(Collectors.toSet());
        assertThat(Ledger.logged(james, cutTooEarly::contains)).isEmpty();

        Set<String> cutLater =
                Ledger.logged(james, sender -> sender.startsWith("cut-") && !cutTooEarly.contains(sender));
        System.out.printf("queued for who had hung up behind the end of the message: %d%n", cutLater.size());
        Set<String> answered = new TreeSet<>(ledger.told());
        answered.addAll(cutLater);
        assertThat(Ledger.queued(james)).isEqualTo(answered);
    }

    /** All threads that serve have been started, and what they keep has been loaded. */
    private void warmUp() {
        attacks.floodOfMessages(100);
        attacks.largest(4);
        List<LmtpClient> clients = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            clients.add(james.client());
        }
        clients.forEach(LmtpClient::close);
        Vitals.of(server);
    }

    private void attack(WellBehavedClient client) {
        int times = IS_LONG ? 10 : 1;
        step(
                "the crowd alone",
                client,
                () -> Await.until("some messages", () -> client.count() >= 20 || isIll(client)));
        step("garbage", client, () -> attacks.garbage(40 * times, System.nanoTime()));
        step("sessions cut at every octet", client, attacks::cutSessions);
        step("a flood of commands", client, () -> attacks.floodOfCommands(40_000 * times));
        step("a flood of messages", client, () -> attacks.floodOfMessages(200 * times));
        step("recipients", client, () -> attacks.recipients(RECIPIENTS));
        for (Bomb bomb : Bomb.values()) {
            step("a bomb of " + bomb, client, () -> assertThat(attacks.bomb(bomb))
                    .matches("[25]\\d\\d [25]\\.(?s).*"));
        }
        step("the largest messages at once", client, () -> attacks.largest(IS_LONG ? 32 : 12));
        if (IS_LONG) {
            assertThat(client.slowest()).as(client.toString()).isLessThanOrEqualTo(LONGEST_MILLIS);
        }
    }

    private void step(String what, WellBehavedClient client, Runnable attack) {
        long start = System.nanoTime();
        attack.run();
        System.out.printf("%s: %d ms; well-behaved: %s%n", what, (System.nanoTime() - start) / 1_000_000, client);
        assertThat(client.trouble())
                .as("the well-behaved client, after " + what)
                .isEmpty();
        assertThat(server.isAlive()).as("the server is alive after " + what).isTrue();
    }

    private static boolean isIll(WellBehavedClient client) {
        return !client.trouble().isEmpty();
    }

    /** What is there when all have hung up, and what only they needed has ended. */
    private Vitals afterwards(Vitals before) {
        Await.until("the end of all connections", () -> Vitals.descriptors(server) <= before.descriptors());
        Await.until(
                "the end of the threads that were needed, where there were " + before.threads(),
                () -> Vitals.threads(server).size() <= before.threads().size());
        return Vitals.of(server);
    }
}
