// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jamesmailman.testing.AddressForms;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.MailmanReference;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.corpus.CorpusMessage;
import org.jamesmailman.testing.corpus.MessageCorpus;
import org.junit.jupiter.api.Test;

/** Mailman's runners work through what we queue as they do through what its own LMTP runner queues. */
class DrainIT {
    private static final String SENDER = "anne@example.com";
    private static final List<String> RECIPIENTS = Stream.of(
                    "ant",
                    "ant-owner",
                    "ant-request",
                    "ant-join",
                    "ant-leave",
                    "ant-confirm+0123456789abcdef",
                    "ant-bounces")
            .map(local -> local + "@" + AddressForms.DOMAIN)
            .toList();

    private static final List<String> POST = RECIPIENTS.subList(0, 1);

    @Test
    void leavesInShuntAndBadNoMoreThanMailmansOwnRunner() {
        try (PrivateMailman mailman =
                        PrivateMailman.builder().runners(Runner.LMTP).start();
                PrivateJames james = ours(mailman)) {
            MailmanReference reference = new MailmanReference(mailman);
            MessageCorpus.taken().forEach(message -> reference.deliver(SENDER, RECIPIENTS, message.octets()));
            List<String> expected = drained(mailman);
            MessageCorpus.shunted().forEach(message -> reference.deliver(SENDER, POST, message.octets()));
            assertThat(drained(mailman))
                    .containsExactly("shunt: " + MessageCorpus.shunted().size(), "bad: 0");

            try (LmtpClient client = james.client()) {
                for (CorpusMessage message : MessageCorpus.shunted()) {
                    assertThat(client.deliver(SENDER, POST, message.octets()).afterData())
                            .as(message.name())
                            .noneMatch(reply -> reply.isAccepting());
                }
                for (CorpusMessage message : MessageCorpus.taken()) {
                    assertThat(client.deliver(SENDER, RECIPIENTS, message.octets())
                                    .afterData())
                            .as(message.name())
                            .hasSameSizeAs(RECIPIENTS)
                            .allMatch(reply -> reply.isAccepting());
                }
            }
            List<String> actual = drained(mailman);

            assertThat(actual).isEqualTo(expected);
        }
    }

    private static PrivateJames ours(PrivateMailman mailman) {
        AddressForms.createLists(mailman.rest());
        return PrivateJames.inFrontOf(mailman).start();
    }

    /** Lets Mailman work through its queues, and tells how many entries it put aside where. */
    private static List<String> drained(PrivateMailman mailman) {
        for (Runner runner : List.of(Runner.IN, Runner.COMMAND, Runner.BOUNCES)) {
            mailman.site().drain(runner);
        }
        List<String> aside = new ArrayList<>();
        for (String queue : List.of("shunt", "bad")) {
            aside.add(queue + ": " + mailman.site().queue(queue).files().size());
            mailman.site().queue(queue).clear();
        }
        return aside;
    }
}
