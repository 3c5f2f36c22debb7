// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.WireReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls Mailman, or another server of ours, while mail comes in. */
class MailmanSideIT {
    private static final String SENDER = "anne@example.com";
    private static final int HIGH_WATER = 20;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String LOCK_IT = """
            import sqlite3, sys, time
            database = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
            database.execute('BEGIN EXCLUSIVE')
            print('locked', flush=True)
            time.sleep(10)
            database.execute('COMMIT')
            """;

    private final PrivateMailman mailman = PrivateMailman.builder().start();

    @BeforeEach
    void createList() {
        Posts.createList(mailman.rest());
    }

    @AfterEach
    void end() {
        mailman.close();
    }

    @Test
    void isPutOffWhileMailmanIsStoppedForLongAndComesInWhenItWorksAgain() {
        try (PrivateJames james = ours("queue.high-water", Integer.toString(HIGH_WATER));
                LmtpClient client = james.client()) {
            int sent = 0;
            WireReply reply = deliver(client, Posts.LIST, sent);
            while (reply.code() == 250) {
                reply = deliver(client, Posts.LIST, ++sent);
            }
            assertThat(reply.toString()).contains("452 4.3.1");
            assertThat(mailman.site().queue("in").entries()).hasSize(sent).hasSize(HIGH_WATER);
            assertThat(deliver(client, Posts.BOUNCES, 1_000).code())
                    .as("another queue, which is not full")
                    .isEqualTo(250);

            mailman.site().drain(Runner.IN);
            int last = sent;
            Await.until(
                    "room in the queue", () -> deliver(client, Posts.LIST, last).code() == 250);
            mailman.site().drain(Runner.IN);
            assertThat(mailman.site().queue("pipeline").entries()).hasSize(sent + 1);
        }
    }

    @Test
    void losesNothingWhenTheRunnerIsKilledWhileItDrains() {
        int count = 100;
        try (PrivateJames james = ours();
                LmtpClient client = james.client()) {
            for (int i = 0; i < count; i++) {
                assertThat(deliver(client, Posts.LIST, i).code()).isEqualTo(250);
            }
            for (int kill = 1; kill <= 3; kill++) {
                int enough = kill * count / 5;
                try (RunningProgram runner = mailman.site().start(Runner.IN)) {
                    Await.until(
                            "some posts further",
                            () -> mailman.site().queue("pipeline").entries().size() >= enough);
                    runner.kill();
                }
            }
            // Mailman itself may work twice through what it had in hand; it may lose nothing, and we may add nothing.
            for (int i = 0; i < count; i++) {
                assertThat(deliver(client, Posts.LIST, i).code()).isEqualTo(250);
            }
            mailman.site().drain(Runner.IN);
            List<Path> further = mailman.site().queue("pipeline").entries();
            assertThat(Posts.count(further)).hasSize(count);
            assertThat(further).hasSizeBetween(count, count + 3);
            assertNothingIsPutAside();
        }
    }

    @Test
    void answersAtOnceWhileMailmansDatabaseIsLockedForTenSeconds() {
        try (PrivateJames james = ours();
                LmtpClient client = james.client();
                RunningProgram runner = mailman.site().start(Runner.IN);
                RunningProgram lock = Program.of(
                                "python3",
                                "-c",
                                LOCK_IT,
                                mailman.site().databaseFile().toString())
                        .asMailman()
                        .start(mailman.site().directory().resolve("lock.out"))) {
            Await.until("the lock", () -> lock.output().contains("locked"));
            int sent = 0;
            while (lock.isAlive()) {
                assertThat(deliver(client, Posts.LIST, sent++).code()).isEqualTo(250);
                LockSupport.parkNanos(PACE_NANOS);
            }
            assertThat(sent).as("while it was locked").isPositive();
            mailman.site().queue("in").awaitEmpty();
            assertThat(runner.isAlive()).isTrue();
            assertThat(Posts.count(mailman.site().queue("pipeline").entries())).hasSize(sent);
            assertNothingIsPutAside();
        }
    }

    /** Mailman puts such mail aside, as it does when its own LMTP runner has taken it, and goes on. */
    @Test
    void leavesItToMailmanWhatBecomesOfMailWhoseListIsDeletedOnTheWay() {
        try (PrivateJames james = ours();
                LmtpClient client = james.client()) {
            mailman.rest().createList("gone@" + Posts.DOMAIN);
            Await.until(
                    "the list is known",
                    () -> deliver(client, "gone@" + Posts.DOMAIN, 0).code() == 250);
            client.wire().send("MAIL FROM:<" + SENDER + ">").expect("250");
            client.wire().send("RCPT TO:<gone@" + Posts.DOMAIN + ">").expect("250");
            client.wire().send("RCPT TO:<" + Posts.LIST + ">").expect("250");
            mailman.rest().deleteList("gone." + Posts.DOMAIN);
            try (LmtpClient another = james.client()) {
                Await.until(
                        "the list is gone",
                        () -> deliver(another, "gone@" + Posts.DOMAIN, 1).code() == 550);
            }
            client.wire().send("DATA").expect("354").sendMessage(Posts.message(2));
            assertThat(client.wire().read(2)).noneMatch(reply -> reply.code() / 100 == 4);

            mailman.site().drain(Runner.IN);
            assertThat(Posts.count(mailman.site().queue("pipeline").entries())).containsOnlyKeys(id(2));
            assertThat(Posts.count(mailman.site().queue("shunt").entries())).containsKey(id(0));
            assertThat(mailman.site().queue("bad").files()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1h", "-1h"})
    void worksThroughOurEntriesWhenItsClockIsAnHourOff(String offset) {
        int count = 20;
        try (PrivateJames james = ours();
                LmtpClient client = james.client()) {
            for (int i = 0; i < count; i++) {
                assertThat(deliver(client, Posts.LIST, i).code()).isEqualTo(250);
            }
            mailman.site()
                    .drain(Runner.IN, "env", "LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1", "FAKETIME=" + offset);
            assertThat(Posts.count(mailman.site().queue("pipeline").entries())).hasSize(count);
            assertNothingIsPutAside();
        }
    }

    @Test
    void isServedByTwoServersOfWhichOneIsKilledAndComesAgain() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        AtomicInteger numbers = new AtomicInteger();
        try (PrivateJames one = ours();
                PrivateJames other = ours()) {
            List<Sender> senders = new ArrayList<>();
            for (PrivateJames server : List.of(one, other, one, other)) {
                senders.add(new Sender(server.port(), Posts.LIST, numbers, told::add, 50_000_000));
            }
            for (int kill = 0; kill < 3; kill++) {
                awaitMore(senders);
                one.kill();
                awaitMore(List.of(senders.get(1), senders.get(3)));
                one.restart();
            }
            awaitMore(senders);
            senders.forEach(Sender::close);
            assertThat(senders).extracting(Sender::trouble).containsOnly("");
            assertThat(List.of(senders.get(1), senders.get(3)))
                    .as("who spoke with the server that lived")
                    .extracting(Sender::putOff)
                    .containsOnly(0);
            assertThat(Posts.staged(mailman.site())).isEmpty();
            assertThat(mailman.site().queue("in").entries().stream()
                            .map(entry -> entry.getFileName().toString().replace(".pck", ""))
                            .collect(Collectors.toSet()))
                    .isEqualTo(told);
            mailman.site().drain(Runner.IN);
            Posts.assertOnceEach(mailman.site(), numbers.get(), 1);
        }
    }

    private static void awaitMore(List<Sender> senders) {
        for (Sender sender : senders) {
            int before = sender.taken();
            Await.until(
                    "more messages",
                    () -> sender.taken() > before + 5 || !sender.trouble().isEmpty());
        }
    }

    private PrivateJames ours(String... setting) {
        PrivateJames.Builder builder = PrivateJames.inFrontOf(mailman).asMailman();
        if (setting.length > 0) {
            builder.setting(setting[0], setting[1]);
        }
        return builder.start();
    }

    private void assertNothingIsPutAside() {
        assertThat(mailman.site().queue("shunt").files()).isEmpty();
        assertThat(mailman.site().queue("bad").files()).isEmpty();
    }

    private static String id(int number) {
        return "<number-" + number + "@example.com>";
    }

    private static WireReply deliver(LmtpClient client, String recipient, int number) {
        LmtpClient.Delivery delivery = client.deliver(SENDER, List.of(recipient), Posts.message(number));
        return delivery.afterData().isEmpty()
                ? delivery.atRcpt().get(0)
                : delivery.afterData().get(0);
    }
}
