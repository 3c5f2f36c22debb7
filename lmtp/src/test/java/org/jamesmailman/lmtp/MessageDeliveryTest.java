// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.james.lifecycle.api.Disposable;
import org.apache.mailet.Mail;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageDeliveryTest extends OnTheWire {
    private static final String LATER = "451 4.3.0 <%s> the message could not be processed now, try again later";

    private List<String> deliver(String... recipients) {
        client.startMessage(recipients).send(MESSAGE + ".\r\n");
        return client.replies(recipients.length);
    }

    @Test
    void answersForEachRecipientInOrderDuplicatesIncluded() {
        List<String> replies = deliver(
                "bee@example.com", "ant@example.com", "ant@example.com", "ANT@example.com", "ant-leave@example.net");

        assertThat(replies)
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250 2.0.0 <bee@example.com> queued as "),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ANT@example.com> queued as "),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant-leave@example.net> queued as "));
        assertThat(replies).doesNotHaveDuplicates();
        assertThat(site.queued("in")).hasSize(4);
        assertThat(site.queued("command")).hasSize(1);
        assertThat(site.files()).hasSize(5);
    }

    @Test
    void namesTheEntryThatLiesInTheQueue() {
        String name = deliver("ant@example.com").get(0).replaceFirst(".* queued as ", "");

        assertThat(site.files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).isEqualTo(name + ".pck"));
    }

    @Test
    void tellsEachRecipientItsOwnOutcome() {
        Reply refusal = Replies.mayNotPost("bee@example.com");
        mailets.conclude("bee@example.com", new Outcome.Refused(refusal, "for the log"));
        Reply drop = Replies.dropped("cat@lists.example.org");
        mailets.conclude("cat@lists.example.org", new Outcome.Dropped(drop, "for the log"));

        List<String> replies = deliver(
                "ant@example.com",
                "bee@example.com",
                "dog@lists.example.org",
                "cat@lists.example.org",
                "ant@example.com");

        assertThat(replies)
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "),
                        reply -> assertThat(reply).isEqualTo(refusal.toString()),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <dog@lists.example.org> queued as "),
                        reply -> assertThat(reply).isEqualTo(drop.toString()),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "));
        assertThat(site.queued("in")).hasSize(3);
    }

    @Test
    void asksToTryAgainWhenNoMailetHasDecided() {
        mailets.on("bee@example.com", (mail, delivery) -> {});

        assertThat(deliver("ant@example.com", "bee@example.com").get(1)).isEqualTo(LATER.formatted("bee@example.com"));
        assertThat(site.files()).hasSize(1);
    }

    static Stream<Throwable> troubles() {
        return Stream.of(
                new IllegalStateException("/etc/secret is missing"),
                new MessagingException("the mailet failed"),
                new NoSuchMethodError("javax.mail.internet.MimeMessage Mail.getMessage()"),
                new StackOverflowError(),
                new AssertionError("an assert of a mailet"),
                new OutOfMemoryError("a mailet wants too much"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void leavesTheOtherRecipientsAloneWhenAMailetBreaksOnOne(Throwable trouble) {
        mailets.on("bee@example.com", (mail, delivery) -> sneakyThrow(trouble));

        assertThat(deliver("ant@example.com", "bee@example.com", "ant-request@example.com"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant@example.com> queued as "),
                        reply -> assertThat(reply).isEqualTo(LATER.formatted("bee@example.com")),
                        reply -> assertThat(reply).startsWith("250 2.0.0 <ant-request@example.com> queued as "));
        assertThat(site.files()).hasSize(2).allMatch(file -> file.toString().endsWith(".pck"));
    }

    @Test
    void answersAndGoesOnWhenSomethingBreaksBehindTheMailets() {
        mailets.on("ant@example.com", (mail, delivery) -> {
            try {
                mail.setMessage(new BreaksWhenDisposedOf());
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(deliver("ant@example.com")).containsExactly(LATER.formatted("ant@example.com"));
        assertThat(client.ask("NOOP")).startsWith("250 ");
    }

    private static final class BreaksWhenDisposedOf extends MimeMessage implements Disposable {
        BreaksWhenDisposedOf() {
            super((Session) null);
        }

        @Override
        public void dispose() {
            throw new OutOfMemoryError("a test's");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneakyThrow(Throwable trouble) throws E {
        throw (E) trouble;
    }

    @ParameterizedTest
    @CsvSource({
        "Input/output error, 451 4.3.0 <ant-request@example.com> the message could not be processed now",
        "No space left on device, 452 4.3.1 <ant-request@example.com> the queue cannot take the message now"
    })
    void asksToTryAgainForTheRecipientWhoseEntryCannotBeCommitted(String reason, String reply) {
        site.disk().refuseToCommitTo("command");
        site.disk().failWith(reason);

        assertThat(deliver("ant@example.com", "ant-request@example.com", "bee@example.com"))
                .satisfiesExactly(
                        ofPost -> assertThat(ofPost).startsWith("250 2.0.0 <ant@example.com> queued as "),
                        ofCommand -> assertThat(ofCommand).isEqualTo(reply + ", try again later"),
                        ofPost -> assertThat(ofPost).startsWith("250 2.0.0 <bee@example.com> queued as "));
        assertThat(site.files()).hasSize(2);
    }

    @Test
    void commitsNothingBeforeTheMailetsAreDoneWithAllRecipients() {
        mailets.on("bee@example.com", (mail, delivery) -> {
            Reply reply = Replies.malformedMessage(
                    delivery.recipient(), site.queued("in").size() + " committed");
            delivery.sink().conclude(new Outcome.Refused(reply, "for the log"));
        });

        assertThat(deliver("ant@example.com", "bee@example.com").get(1))
                .isEqualTo("554 5.6.0 <bee@example.com> malformed message: 0 committed");
    }

    @Test
    void runsTheMailetsOnAMailOfItsOwnForEachRecipient() {
        deliver("ant@example.com", "ANT@example.com", "bee-owner@example.net");

        assertThat(mailets.mails())
                .containsExactly(
                        "anne@example.com ant@example.com",
                        "anne@example.com ANT@example.com",
                        "anne@example.com bee-owner@example.net");
        assertThat(mailets.deliveries())
                .extracting(Delivery::transaction)
                .as("the message, read once")
                .containsOnly(mailets.deliveries().get(0).transaction());
    }

    @Test
    void letsAMailetReadTheMessageInJamessWay() {
        mailets.on("ant@example.com", (mail, delivery) -> {
            Reply reply =
                    Replies.malformedMessage(delivery.recipient(), subject(mail) + " from " + mail.getRemoteAddr());
            delivery.sink().conclude(new Outcome.Refused(reply, "for the log"));
        });

        assertThat(deliver("ant@example.com"))
                .containsExactly("554 5.6.0 <ant@example.com> malformed message: honey from 127.0.0.1");
    }

    @Test
    void letsGoOfTheMailWhenTheMailetsAreDoneWithIt() throws MessagingException {
        List<Mail> mails = new CopyOnWriteArrayList<>();
        mailets.on("ant@example.com", (mail, delivery) -> {
            assertThat(subject(mail)).isEqualTo("honey");
            mails.add(mail);
        });

        deliver("ant@example.com");

        assertThat(mails).hasSize(1);
        assertThat(mails.get(0).getMessage()).as("disposed of").isNull();
    }

    private static String subject(Mail mail) {
        try {
            return mail.getMessage().getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void queuesWhatTheNullSenderSends() {
        client.ask("MAIL FROM:<>");
        client.ask("RCPT TO:<ant-bounces@example.com>");
        client.ask("DATA");
        client.send(MESSAGE + ".\r\n");

        assertThat(client.reply()).startsWith("250 2.0.0 <ant-bounces@example.com> queued as ");
        assertThat(mailets.mails()).containsExactly("<> ant-bounces@example.com");
        assertThat(site.queued("bounces")).hasSize(1);
    }
}
