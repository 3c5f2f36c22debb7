// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.MailmanRest.Role;
import org.jamesmailman.testing.PrivateMailman;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is changed in Mailman shows in our answers, without a restart. */
class FollowingMailmanIT {
    private static final String SENDER = "anne@example.com";
    private static final byte[] POST =
            "From: anne@example.com\r\nSubject: Hi\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);

    private static PrivateMailman mailman;
    private static PrivateJames james;

    @BeforeAll
    static void start() {
        mailman = PrivateMailman.builder().start();
        mailman.rest().createDomain("lists.example.org");
        james = PrivateJames.inFrontOf(mailman)
                .setting("policy.on-discard", "refuse")
                .asMailman()
                .start();
    }

    @AfterAll
    static void stop() {
        james.close();
        mailman.close();
    }

    @Test
    void knowsANewListAndForgetsADeletedOne() {
        assertThat(answer("new@lists.example.org")).startsWith("550 5.1.1");

        String list = mailman.rest().createList("new@lists.example.org");
        awaitAnswer("new@lists.example.org", "250 2.0.0");

        mailman.rest().deleteList(list);
        awaitAnswer("new@lists.example.org", "550 5.1.1");
    }

    @Test
    void knowsANewMember() {
        String list = mailman.rest().createList("members@lists.example.org");
        mailman.rest().configure(list, Map.of("default_nonmember_action", "reject"));
        awaitAnswer("members@lists.example.org", "550 5.7.2");

        mailman.rest().subscribe(list, SENDER, Role.MEMBER);
        awaitAnswer("members@lists.example.org", "250 2.0.0");
    }

    @Test
    void knowsANewBanAndALiftedOne() {
        String list = mailman.rest().createList("bans@lists.example.org");
        awaitAnswer("bans@lists.example.org", "250 2.0.0");

        mailman.rest().ban(list, SENDER);
        awaitAnswer("bans@lists.example.org", "550 5.7.1");

        mailman.rest().unban(list, SENDER);
        awaitAnswer("bans@lists.example.org", "250 2.0.0");
    }

    private static void awaitAnswer(String recipient, String start) {
        long since = System.nanoTime();
        Await.until("the answer " + start + " for " + recipient, () -> answer(recipient)
                .startsWith(start));
        System.out.printf("%s for %s after %d ms%n", start, recipient, (System.nanoTime() - since) / 1_000_000);
    }

    /** The reply at RCPT when it refuses, else the one after DATA. */
    private static String answer(String recipient) {
        try (LmtpClient client = james.client()) {
            LmtpClient.Delivery delivery = client.deliver(SENDER, List.of(recipient), POST);
            return (delivery.afterData().isEmpty() ? delivery.atRcpt() : delivery.afterData())
                    .get(0)
                    .toString();
        }
    }
}
