// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailets.MailFixture.ANNE;
import static org.jamesmailman.mailets.MailFixture.HAZARDOUS;
import static org.jamesmailman.mailets.MailFixture.MESSAGE;
import static org.jamesmailman.mailets.MailFixture.addresses;
import static org.jamesmailman.mailets.MailFixture.onTheWire;
import static org.jamesmailman.mailets.MailFixture.spooled;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.List;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.queue.Commit;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnqueueToMailmanTest {
    @TempDir
    Path root;

    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private EnqueueToMailman mailet() throws MessagingException {
        return mailet(FakeMailetConfig.builder());
    }

    private EnqueueToMailman mailet(FakeMailetConfig.Builder config) throws MessagingException {
        EnqueueToMailman mailet =
                new EnqueueToMailman(new ListMails(site.recipients(), site.transactions()), site.queue());
        mailet.init(config.build());
        return mailet;
    }

    @Nested
    class OnTheWire {
        private Reply refusal(Delivery delivery) {
            return ((Outcome.Refused) delivery.sink().outcome().orElseThrow()).reply();
        }

        @ParameterizedTest
        @CsvSource({
            "ant@example.com, in",
            "ANT+topic@example.net, in",
            "ant-owner@example.com, in",
            "ant-subscribe@example.com, command",
            "ant-bounces+x=y.example@example.com, bounces"
        })
        void stagesTheMessageWhereMailmanDoesNotSeeItYet(String recipient, String queue) throws MessagingException {
            Delivery delivery = site.delivery(ANNE, recipient, MESSAGE);
            FakeMail mail = onTheWire(delivery);

            mailet().service(mail);

            assertThat(delivery.sink().outcome()).containsInstanceOf(Outcome.Staged.class);
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(site.queued(queue)).isEmpty();
            assertThat(site.files()).singleElement().satisfies(file -> assertThat(file.toString())
                    .contains("/" + queue + "/")
                    .endsWith(".tmp"));
        }

        @Test
        void stagesTheVeryOctetsOfTheWire() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            mailet().service(onTheWire(delivery));

            Outcome.Staged staged = (Outcome.Staged) delivery.sink().outcome().orElseThrow();
            assertThat(site.queue().commit(List.of(staged.entry())))
                    .singleElement()
                    .isInstanceOf(Commit.Committed.class);

            assertThat(site.queued("in"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry).contains(MESSAGE).contains("ant.example.com"));
        }

        @Test
        void stagesNothingWhenTheRecipientHasBeenRefusedBefore() throws MessagingException {
            site.disk().whileStaging(() -> {
                throw new AssertionError("staged for nothing");
            });
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            Outcome earlier = new Outcome.Refused(Replies.mayNotPost("ant@example.com"), "not allowed");
            delivery.sink().conclude(earlier);
            FakeMail mail = onTheWire(delivery);

            mailet().service(mail);

            assertThat(delivery.sink().outcome()).contains(earlier);
            assertThat(site.files()).isEmpty();
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        }

        @Test
        void leavesNothingStagedWhenTheRecipientIsRefusedMeanwhile() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            Outcome other = new Outcome.Refused(Replies.mayNotPost("ant@example.com"), "not allowed");
            site.disk().whileStaging(() -> delivery.sink().conclude(other));

            mailet().service(onTheWire(delivery));

            assertThat(delivery.sink().outcome()).contains(other);
            assertThat(site.files()).isEmpty();
        }

        @Test
        void stagesOnceWhenTheMailComesThroughTwice() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);

            mailet().service(onTheWire(delivery));
            mailet().service(onTheWire(delivery));

            assertThat(site.files()).hasSize(1);
        }

        @Test
        void stagesOnceWhenAnotherMailetHasAddedRecipients() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            FakeMail mail = onTheWire(delivery);
            mail.setRecipients(
                    spooled(ANNE, MESSAGE, "ant@example.com", "x@y.example").getRecipients());

            mailet().service(mail);

            assertThat(site.files()).hasSize(1);
        }

        @Test
        void refusesAMessageThatMailmanBreaksOn() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", HAZARDOUS);

            mailet().service(onTheWire(delivery));

            assertThat(refusal(delivery))
                    .isEqualTo(Replies.malformedMessage(
                            "ant@example.com", "The Message-ID contains characters that are not ASCII."));
            assertThat(site.files()).isEmpty();
        }

        @Test
        void asksTheClientToTryAgainWhenTheQueueFails() throws MessagingException {
            site.disk().refuseToStageTo("in");
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            FakeMail mail = onTheWire(delivery);

            mailet().service(mail);

            assertThat(refusal(delivery)).isEqualTo(Replies.tryAgainLater("ant@example.com"));
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(site.files()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "Read-only file system"})
        void saysThatTheQueueIsFullWhenTheDiskIs(String reason) throws MessagingException {
            site.disk().refuseToStageTo("in");
            site.disk().failWith(reason);
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);

            mailet().service(onTheWire(delivery));

            assertThat(refusal(delivery)).isEqualTo(Replies.queueFull("ant@example.com"));
            assertThat(refusal(delivery).toString()).doesNotContain(root.toString(), reason);
        }
    }

    @Nested
    class InTheSpool {
        @Test
        void queuesTheMailForEachRecipientAtAListAndEndsIt() throws MessagingException {
            FakeMail mail =
                    spooled(ANNE, MESSAGE, "ANT@example.com", "bee-request@example.net", "cat@lists.example.org");

            mailet().service(mail);

            assertThat(site.queued("in"))
                    .hasSize(2)
                    .anySatisfy(entry -> assertThat(entry).contains(MESSAGE).contains("ant.example.com"))
                    .anySatisfy(entry -> assertThat(entry).contains(MESSAGE).contains("cat.lists.example.org"));
            assertThat(site.queued("command"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry).contains(MESSAGE).contains("bee.example.com"));
            assertThat(site.files()).hasSize(3);
            assertThat(mail.getRecipients()).isEmpty();
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        }

        @Test
        void letsTheOtherRecipientsGoOn() throws MessagingException {
            FakeMail mail =
                    spooled(ANNE, MESSAGE, "carl@elsewhere.example", "ant@example.com", "no-such-list@example.com");

            mailet().service(mail);

            assertThat(addresses(mail.getRecipients()))
                    .containsExactly("carl@elsewhere.example", "no-such-list@example.com");
            assertThat(mail.getState()).isEqualTo("root");
            assertThat(site.queued("in")).hasSize(1);
        }

        @Test
        void leavesAMailForNoListAlone() throws MessagingException {
            FakeMail mail = spooled(ANNE, HAZARDOUS, "carl@elsewhere.example");

            mailet().service(mail);

            assertThat(mail.getState()).isEqualTo("root");
            assertThat(site.files()).isEmpty();
        }

        @Test
        void queuesTheSenderOfTheEnvelope() throws MessagingException {
            mailet().service(spooled("envelope@example.org", MESSAGE, "ant@example.com"));

            assertThat(site.queued("in")).singleElement().satisfies(entry -> assertThat(entry)
                    .containsPattern("(?s)_unixfrom.*envelope@example\\.org.*X-MailFrom.*envelope@example\\.org"));
        }

        @Test
        void queuesTheNullSenderAsMailmanDoes() throws MessagingException {
            mailet().service(spooled("", MESSAGE, "ant-bounces@example.com"));

            assertThat(site.queued("bounces"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry).contains("_unixfrom").contains("<>"));
        }

        @Test
        void queuesACopyThatAMailetOfTheLmtpSideHasSentToAnotherList() throws MessagingException {
            FakeMail copy = spooled(ANNE, MESSAGE, "bee@example.com", "archive@elsewhere.example");
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            copy.setAttribute(onTheWire(delivery).attributes().findFirst().orElseThrow());
            copy.setAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE);

            mailet().service(copy);

            assertThat(delivery.sink().outcome()).isEmpty();
            assertThat(site.queued("in")).singleElement().satisfies(entry -> assertThat(entry)
                    .contains("bee.example.com"));
            assertThat(addresses(copy.getRecipients())).containsExactly("archive@elsewhere.example");
        }

        @Test
        void queuesNothingAndFailsWhenOneRecipientsEntryCannotBeWritten() throws MessagingException {
            site.disk().refuseToStageTo("command");
            EnqueueToMailman mailet = mailet();
            FakeMail mail =
                    spooled(ANNE, MESSAGE, "ant@example.com", "ant-request@example.com", "cat@lists.example.org");

            assertThatThrownBy(() -> mailet.service(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageStartingWith("Mail mail-1 is not queued: cannot create ");
            assertThat(site.files()).isEmpty();
            assertThat(mail.getRecipients()).hasSize(3);
            assertThat(mail.getState()).isEqualTo("root");
        }

        @Test
        void queuesNothingTwiceWhenJamesTriesAgainWhatFailed() throws MessagingException {
            site.disk().refuseToCommitTo("command");
            EnqueueToMailman mailet = mailet();
            FakeMail mail = spooled(
                    ANNE,
                    MESSAGE,
                    "ant@example.com",
                    "ant-request@example.com",
                    "cat@lists.example.org",
                    "x@y.example");

            assertThatThrownBy(() -> mailet.service(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageStartingWith("Mail mail-1 is not queued: cannot commit ");
            assertThat(addresses(mail.getRecipients())).containsExactly("ant-request@example.com", "x@y.example");
            assertThat(site.files()).hasSize(2);

            site.disk().heal();
            mailet.service(mail);

            assertThat(site.queued("in")).hasSize(2);
            assertThat(site.queued("command")).hasSize(1);
            assertThat(site.files()).hasSize(3);
            assertThat(addresses(mail.getRecipients())).containsExactly("x@y.example");
        }

        @Test
        void failsOnAMessageThatMailmanBreaksOnAndQueuesNothing() throws MessagingException {
            EnqueueToMailman mailet = mailet();
            FakeMail mail = spooled(ANNE, HAZARDOUS, "ant@example.com");

            assertThatThrownBy(() -> mailet.service(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("Mailman would break on mail mail-1: The Message-ID contains characters that are not"
                            + " ASCII.");
            assertThat(site.files()).isEmpty();
            assertThat(mail.getRecipients()).hasSize(1);
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            EnqueueToMailman mailet = mailet();
            FakeMail mail = spooled(ANNE, MESSAGE, "ant@example.com");

            assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
            assertThat(mail.getRecipients()).hasSize(1);
        }
    }

    @Test
    void failsTheStartOverAParameterThatItDoesNotKnow() {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().setProperty("queue", "/var/lib/mailman3/queue");

        assertThatThrownBy(() -> mailet(config))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("queue");
    }

    @Test
    void takesTheParameterThatItsManualRecommends() throws MessagingException {
        assertThat(mailet(FakeMailetConfig.builder().setProperty("onMailetException", "propagate")))
                .isNotNull();
    }
}
