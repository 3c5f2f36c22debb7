// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jamesmailman.testing.MailmanRest.Role;
import org.jamesmailman.testing.corpus.CorpusMessage;
import org.jamesmailman.testing.corpus.MessageCorpus;
import org.junit.jupiter.api.Test;

class WholeWayTest {
    private static final byte[] POST =
            "From: anne@example.com\r\nTo: ant@lists.example.org\r\nMessage-ID: <1@example.com>\r\nSubject: Hi\r\n\r\nHi\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @Test
    void leadsFromPostfixThroughMailmanToTheSubscribers() {
        try (SinkSmtp sink = SinkSmtp.start();
                PrivateMailman mailman = PrivateMailman.builder()
                        .runners(Runner.LMTP)
                        .runners(Runner.delivering())
                        .smtpPort(sink.port())
                        .postfixMaps()
                        .start()) {
            mailman.rest().createDomain("lists.example.org");
            String list = mailman.rest().createList("ant@lists.example.org");
            mailman.rest().subscribe(list, "anne@example.com", Role.MEMBER);
            mailman.rest().subscribe(list, "bart@example.com", Role.MEMBER);
            mailman.rest().moderate(mailman.rest().memberId(list, "anne@example.com", Role.MEMBER), "accept");
            try (PrivatePostfix postfix = PrivatePostfix.builder()
                            .transportMap(
                                    "regexp:" + mailman.site().dataDirectory().resolve("postfix_lmtp"))
                            .relayTo(sink.port())
                            .start();
                    SmtpClient client = SmtpClient.connect(postfix.smtpPort())) {
                client.send(
                        "anne@example.com", List.of("ant@lists.example.org", "ant-request@lists.example.org"), POST);

                assertThat(postfix.awaitDelivery("ant@lists.example.org").status())
                        .isEqualTo("sent");
                ReceivedMail post = sink.awaitMail(
                        "the post",
                        mail -> mail.isFor("bart@example.com") && mail.content().contains("[Ant] Hi"));
                assertThat(post.reversePath()).isEqualTo("ant-bounces@lists.example.org");
                sink.awaitMail(
                        "the command's answer",
                        mail -> mail.isFor("anne@example.com") && mail.content().contains("results of your email"));
            }
        }
    }

    @Test
    void leavesNothingOfTheCorpusInTheInQueue() {
        try (PrivateMailman mailman =
                PrivateMailman.builder().runners(Runner.LMTP).start()) {
            AddressForms.createLists(mailman.rest());
            MailmanReference reference = new MailmanReference(mailman);
            for (CorpusMessage message : MessageCorpus.taken()) {
                reference.deliver("anne@example.com", List.of("ant@" + AddressForms.DOMAIN), message.octets());
            }
            assertThat(mailman.site().queue("in").entries()).hasSameSizeAs(MessageCorpus.taken());

            mailman.site().drain(Runner.IN);

            assertThat(mailman.site().queue("bad").files()).isEmpty();
            // Two messages with several Message-IDs: Mailman cannot hold them.
            assertThat(mailman.site().queue("shunt").entries())
                    .as(() -> mailman.site().logs())
                    .hasSize(2);
        }
    }
}
