// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jamesmailman.testing.MailmanRest.Role;
import org.jamesmailman.testing.PostfixDelivery;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.PrivatePostfix;
import org.jamesmailman.testing.ReceivedMail;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.SinkSmtp;
import org.jamesmailman.testing.SmtpClient;
import org.jamesmailman.testing.WireReply;
import org.junit.jupiter.api.Test;

/** A real Postfix hands mail to James, which queues it for a real Mailman, which sends it to the subscribers. */
class WholeWayIT {
    private static final String SENDER = "anne@example.com";
    private static final byte[] POST = """
            From: anne@example.com
            To: ant@lists.example.org
            Message-ID: <post@example.com>
            Subject: help

            Hi
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    @Test
    void answersForEachRecipientAndBringsThePostsToTheSubscribers() {
        try (SinkSmtp sink = SinkSmtp.start();
                PrivateMailman mailman = PrivateMailman.builder()
                        .runners(Runner.delivering())
                        .smtpPort(sink.port())
                        .start()) {
            createLists(mailman);
            try (PrivateJames james =
                            PrivateJames.inFrontOf(mailman).asMailman().start();
                    PrivatePostfix postfix = PrivatePostfix.builder()
                            .lmtp("lists.example.org", james.port())
                            .lmtp("other.example.com", james.port())
                            .lmtp("alias.example.net", james.port())
                            .relayTo(sink.port())
                            .start();
                    SmtpClient client = SmtpClient.connect(postfix.smtpPort())) {
                WireReply taken = client.send(
                        SENDER,
                        List.of(
                                "ant@alias.example.net",
                                "bee@other.example.com",
                                "ant-request@lists.example.org",
                                "closed@lists.example.org",
                                "unknown@lists.example.org"),
                        POST);
                assertThat(taken.code()).isEqualTo(250);

                sentWith(postfix, "ant@alias.example.net", "250 2.0.0 <ant@alias.example.net> queued as");
                sentWith(postfix, "bee@other.example.com", "250 2.0.0 <bee@other.example.com> queued as");
                sentWith(
                        postfix,
                        "ant-request@lists.example.org",
                        "250 2.0.0 <ant-request@lists.example.org> queued as");
                bouncedWith(
                        postfix,
                        "closed@lists.example.org",
                        "550 5.7.2 <closed@lists.example.org> you are not allowed to post to this mailing list");
                bouncedWith(
                        postfix,
                        "unknown@lists.example.org",
                        "550 5.1.1 <unknown@lists.example.org> no such mailing list here");

                theSubscribersGetThePosts(sink);
                theSenderLearnsOfTheRefusedAlone(sink);
            }
            assertThat(mailman.site().queue("shunt").files()).isEmpty();
            assertThat(mailman.site().queue("bad").files()).isEmpty();
        }
    }

    private static void createLists(PrivateMailman mailman) {
        mailman.rest().createDomain("lists.example.org", "alias.example.net");
        mailman.rest().createDomain("other.example.com");
        String ant = mailman.rest().createList("ant@lists.example.org");
        String bee = mailman.rest().createList("bee@other.example.com");
        String closed = mailman.rest().createList("closed@lists.example.org");
        for (String list : List.of(ant, bee)) {
            // By its alias, or as one of two, a list may not be named in To: or Cc:.
            mailman.rest().configure(list, Map.of("require_explicit_destination", "false", "administrivia", "false"));
            mailman.rest().subscribe(list, SENDER, Role.MEMBER);
            mailman.rest().moderate(mailman.rest().memberId(list, SENDER, Role.MEMBER), "accept");
        }
        mailman.rest().subscribe(ant, "bart@example.com", Role.MEMBER);
        mailman.rest().subscribe(bee, "cris@example.com", Role.MEMBER);
        mailman.rest().configure(closed, Map.of("default_nonmember_action", "reject"));
    }

    private static void sentWith(PrivatePostfix postfix, String recipient, String reply) {
        PostfixDelivery delivery = postfix.awaitDelivery(recipient);
        assertThat(delivery.status()).isEqualTo("sent");
        assertThat(delivery.reason()).contains(reply);
    }

    private static void bouncedWith(PrivatePostfix postfix, String recipient, String reply) {
        PostfixDelivery delivery = postfix.awaitDelivery(recipient);
        assertThat(delivery.status()).isEqualTo("bounced");
        assertThat(delivery.reason()).contains(reply);
    }

    private static void theSubscribersGetThePosts(SinkSmtp sink) {
        ReceivedMail ofAnt = sink.awaitMailFor("bart@example.com");
        assertThat(ofAnt.reversePath()).startsWith("ant-bounces");
        assertThat(ofAnt.header("subject")).contains("[Ant] help");
        assertThat(sink.awaitMailFor("cris@example.com").header("subject")).contains("[Bee] help");
        sink.awaitMail(
                "the answer to the command",
                mail -> mail.isFor(SENDER) && mail.content().contains("results of your email"));
    }

    private static void theSenderLearnsOfTheRefusedAlone(SinkSmtp sink) {
        String notices = sink.mailsFor(SENDER).stream()
                .filter(mail -> mail.reversePath().isEmpty())
                .map(ReceivedMail::content)
                .reduce("", String::concat);
        assertThat(notices)
                .contains("<closed@lists.example.org>", "not allowed to post to this", "<unknown@lists.example.org>")
                .contains("no such mailing list here")
                .doesNotContain(
                        "<ant@alias.example.net>", "<bee@other.example.com>", "<ant-request@lists.example.org>");
    }
}
