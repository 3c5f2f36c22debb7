// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.PrivatePostfix;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.SmtpClient;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} at random moments while a real Postfix delivers, and tries again what was not answered: what it holds
 * as delivered is queued exactly once, and Mailman works through it. In the second half Mailman's runner works, too, so
 * that what comes again must be known although its first is gone.
 *
 * <p>{@code -Dmailman.kills.count=100} is the long form.
 */
class KillIT {
    private static final long SEED = Long.getLong("mailman.kills.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("mailman.kills.count", 10);
    private static final int MESSAGES_A_KILL = 100;
    private static final int LONGEST_RUN_MILLIS = 600;
    private static final int LONGEST_START_MILLIS = 3_000;
    private static final List<String> RECIPIENTS = List.of(Posts.LIST, Posts.BOUNCES);

    private final Random random = new Random(SEED);
    private int sent;

    @Test
    void whatPostfixHoldsAsDeliveredIsQueuedExactlyOnceHoweverOftenTheServerIsKilled() {
        try (PrivateMailman mailman = PrivateMailman.builder().start()) {
            Posts.createList(mailman.rest());
            try (PrivateJames james =
                            PrivateJames.inFrontOf(mailman).asMailman().start();
                    PrivatePostfix postfix = postfix(james)) {
                for (int kill = 0; kill < KILLS / 2; kill++) {
                    killUnderLoad(james, postfix, mailman);
                }
                Posts.count(Posts.entries(mailman.site()));
                try (RunningProgram runner = mailman.site().start(Runner.IN)) {
                    for (int kill = KILLS / 2; kill < KILLS; kill++) {
                        killUnderLoad(james, postfix, mailman);
                    }
                    awaitDelivery(postfix);
                    mailman.site().queue("in").awaitEmpty();
                    assertThat(runner.isAlive()).as("Mailman's runner lives").isTrue();
                }
                assertThat(Posts.staged(mailman.site())).isEmpty();
                Posts.assertOnceEach(mailman.site(), sent, RECIPIENTS.size());
                System.out.printf(
                        "%d kills, %d messages for %d recipients each; seed %d%n",
                        KILLS, sent, RECIPIENTS.size(), SEED);
            }
        }
    }

    private static PrivatePostfix postfix(PrivateJames james) {
        return PrivatePostfix.builder()
                .lmtp(Posts.DOMAIN, james.port())
                .setting("initial_destination_concurrency", "20")
                .start();
    }

    private void killUnderLoad(PrivateJames james, PrivatePostfix postfix, PrivateMailman mailman) {
        int before = mailman.site().queue("bounces").entries().size();
        send(postfix);
        Await.until(
                "entries of what Postfix has",
                () -> mailman.site().queue("bounces").entries().size() > before);
        pause(LONGEST_RUN_MILLIS);
        james.kill();
        List<Path> staged = Posts.staged(mailman.site());
        if (random.nextInt(4) == 0) {
            james.launch();
            pause(LONGEST_START_MILLIS);
            james.kill();
        }
        james.restart();
        assertThat(staged).as("what was staged when the server died").noneMatch(Files::exists);
    }

    private void send(PrivatePostfix postfix) {
        try (SmtpClient client = SmtpClient.connect(postfix.smtpPort())) {
            for (int i = 0; i < MESSAGES_A_KILL; i++) {
                assertThat(client.send("anne@example.com", RECIPIENTS, Posts.message(sent++))
                                .code())
                        .isEqualTo(250);
            }
        }
    }

    /** A random moment is what is wanted, not a condition. */
    private void pause(int longestMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(longestMillis)));
    }

    private void awaitDelivery(PrivatePostfix postfix) {
        Await.until(
                "the delivery of all that Postfix has",
                () -> count(postfix, "sent") == (long) sent * RECIPIENTS.size());
        assertThat(count(postfix, "bounced")).isZero();
    }

    private static long count(PrivatePostfix postfix, String status) {
        return postfix.deliveries().stream()
                .filter(delivery -> delivery.status().equals(status))
                .count();
    }
}
