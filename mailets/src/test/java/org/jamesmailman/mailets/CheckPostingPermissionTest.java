// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailets.MailFixture.ANNE;
import static org.jamesmailman.mailets.MailFixture.addresses;
import static org.jamesmailman.mailets.MailFixture.messageFrom;
import static org.jamesmailman.mailets.MailFixture.onTheWire;
import static org.jamesmailman.mailets.MailFixture.spooled;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.jamesmailman.mailman.configuration.OnDiscard;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.verdict.Replies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckPostingPermissionTest {
    private static final String STRANGER = "stranger@example.org";

    @TempDir
    Path root;

    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final CountingMetrics metrics = new CountingMetrics();
    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private CheckPostingPermission mailet(PolicyMode mode, OnDiscard onDiscard) throws MessagingException {
        return mailet(mode, onDiscard, FakeMailetConfig.builder());
    }

    private CheckPostingPermission mailet(PolicyMode mode, OnDiscard onDiscard, FakeMailetConfig.Builder config)
            throws MessagingException {
        CheckPostingPermission mailet = new CheckPostingPermission(
                new ListMails(site.recipients(), site.transactions()),
                site.verdicts(),
                new Enforcement(mode, onDiscard),
                new VerdictCounts(metrics.factory()));
        mailet.init(config.mailetContext(context).build());
        return mailet;
    }

    @Nested
    class OnTheWire {
        private Delivery delivery;
        private FakeMail mail;

        private Optional<Outcome> outcome(CheckPostingPermission mailet, String sender, String recipient)
                throws MessagingException {
            delivery = site.delivery(sender, recipient, messageFrom(sender));
            mail = onTheWire(delivery);
            mailet.service(mail);
            return delivery.sink().outcome();
        }

        @ParameterizedTest
        @EnumSource(OnDiscard.class)
        void refusesWhatMailmanWouldReject(OnDiscard onDiscard) throws MessagingException {
            Optional<Outcome> outcome =
                    outcome(mailet(PolicyMode.ENFORCE, onDiscard), "bart@example.com", "ANT@example.net");

            assertThat(outcome).hasValueSatisfying(refused -> assertThat(((Outcome.Refused) refused).reply())
                    .isEqualTo(Replies.mayNotPost("ANT@example.net")));
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void tellsTheSenderNothingOfWhoIsOnARosterOrBanned() throws MessagingException {
            Optional<Outcome> outcome =
                    outcome(mailet(PolicyMode.ENFORCE, OnDiscard.REFUSE), "dave@example.com", "ant@example.com");

            assertThat(outcome).hasValueSatisfying(refused -> {
                assertThat(((Outcome.Refused) refused).reason()).contains("dave@example.com");
                assertThat(((Outcome.Refused) refused).reply().toString()).doesNotContain("dave", "ban");
            });
        }

        @Test
        void dropsWhatMailmanWouldDiscard() throws MessagingException {
            Optional<Outcome> outcome =
                    outcome(mailet(PolicyMode.ENFORCE, OnDiscard.DROP), "dave@example.com", "ant@example.com");

            assertThat(outcome).hasValueSatisfying(dropped -> assertThat(((Outcome.Dropped) dropped).reply())
                    .isEqualTo(Replies.dropped("ant@example.com")));
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        }

        @Test
        void refusesWhatMailmanWouldDiscardWhereTheSiteWantsThat() throws MessagingException {
            Optional<Outcome> outcome =
                    outcome(mailet(PolicyMode.ENFORCE, OnDiscard.REFUSE), STRANGER, "cat@lists.example.org");

            assertThat(outcome).hasValueSatisfying(refused -> assertThat(((Outcome.Refused) refused).reply())
                    .isEqualTo(Replies.refusedDiscard("cat@lists.example.org")));
        }

        @Test
        void saysThatAPostHasBeenThroughTheListBefore() throws MessagingException {
            Delivery looping =
                    site.delivery(ANNE, "ant@example.com", "List-Post: ant@example.com\r\n" + messageFrom(ANNE));

            mailet(PolicyMode.ENFORCE, OnDiscard.REFUSE).service(onTheWire(looping));

            assertThat(looping.sink().outcome())
                    .hasValueSatisfying(refused -> assertThat(((Outcome.Refused) refused).reply())
                            .isEqualTo(Replies.mailLoop("ant@example.com")));
        }

        @Test
        void leavesToMailmanWhatItWouldDiscardWhereTheSiteWantsThat() throws MessagingException {
            assertThat(outcome(mailet(PolicyMode.ENFORCE, OnDiscard.ENQUEUE), "dave@example.com", "ant@example.com"))
                    .isEmpty();
            assertThat(mail.getState()).isEqualTo("root");
        }

        @ParameterizedTest
        @CsvSource({
            "anne@example.com, ant@example.com",
            "stranger@example.org, ant@example.com",
            "anne@example.com, bee@example.com",
            "stranger@example.org, dog@lists.example.org",
            "dave@example.com, ant-request@example.com",
            "dave@example.com, ant-owner@example.com",
            "stranger@example.org, bee-bounces+x=y.example@example.com",
            "stranger@example.org, bee-confirm+0123@example.com",
            "stranger@example.org, bee-join@example.com"
        })
        void letsPassWhatMailmanTakesOrAloneCanTell(String sender, String recipient) throws MessagingException {
            assertThat(outcome(mailet(PolicyMode.ENFORCE, OnDiscard.REFUSE), sender, recipient))
                    .isEmpty();
            assertThat(mail.getState()).isEqualTo("root");
        }

        @ParameterizedTest
        @EnumSource(OnDiscard.class)
        void refusesAndDropsNothingWhileItObserves(OnDiscard onDiscard) throws MessagingException {
            CheckPostingPermission mailet = mailet(PolicyMode.OBSERVE, onDiscard);

            assertThat(outcome(mailet, "bart@example.com", "ant@example.com")).isEmpty();
            assertThat(outcome(mailet, "dave@example.com", "ant@example.com")).isEmpty();
            assertThat(mail.getState()).isEqualTo("root");
        }

        @ParameterizedTest
        @EnumSource(PolicyMode.class)
        void countsEveryVerdictByItsRule(PolicyMode mode) throws MessagingException {
            CheckPostingPermission mailet = mailet(mode, OnDiscard.DROP);

            outcome(mailet, "bart@example.com", "ant@example.com");
            outcome(mailet, "bart@example.com", "ant@example.com");
            outcome(mailet, "dave@example.com", "ant@example.com");
            outcome(mailet, ANNE, "ant@example.com");
            outcome(mailet, ANNE, "ant-request@example.com");

            assertThat(metrics.counts())
                    .isEqualTo(Map.of(
                            "mailmanPosting.reject.member-moderation", 2,
                            "mailmanPosting.discard.banned-address", 1,
                            "mailmanPosting.accept.accept", 1));
        }

        @Test
        void leavesAnEarlierOutcomeAsItIs() throws MessagingException {
            Delivery concluded = site.delivery("bart@example.com", "ant@example.com", messageFrom("bart@example.com"));
            Outcome earlier = new Outcome.Dropped(Replies.dropped("ant@example.com"), "dropped by another mailet");
            concluded.sink().conclude(earlier);

            mailet(PolicyMode.ENFORCE, OnDiscard.DROP).service(onTheWire(concluded));

            assertThat(concluded.sink().outcome()).contains(earlier);
        }
    }

    @Nested
    class InTheSpool {
        private static final String REFUSAL = "550 5.7.2 not allowed to post to this mailing list";

        private FakeMail mailFromStranger(String... recipients) throws MessagingException {
            return spooled(STRANGER, messageFrom(STRANGER), recipients);
        }

        @Test
        void sendsAMailThatOnlyRefusingListsGetToTheErrorProcessor() throws MessagingException {
            FakeMail mail = mailFromStranger("bee@example.com");

            mailet(PolicyMode.ENFORCE, OnDiscard.DROP).service(mail);

            assertThat(mail.getState()).isEqualTo("error");
            assertThat(mail.getErrorMessage()).isEqualTo(REFUSAL);
            assertThat(addresses(mail.getRecipients())).containsExactly("bee@example.com");
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void sendsACopyToTheProcessorForTheRefusedAndLetsTheOthersGoOn() throws MessagingException {
            FakeMail mail = mailFromStranger(
                    "ant@example.com", "BEE@example.net", "bee-owner@example.com", "carl@elsewhere.example");

            mailet(
                            PolicyMode.ENFORCE,
                            OnDiscard.DROP,
                            FakeMailetConfig.builder().setProperty("processor", "refused"))
                    .service(mail);

            assertThat(addresses(mail.getRecipients()))
                    .containsExactly("ant@example.com", "bee-owner@example.com", "carl@elsewhere.example");
            assertThat(mail.getState()).isEqualTo("root");
            assertThat(mail.getErrorMessage()).isNull();
            assertThat(context.getSentMails()).singleElement().satisfies(copy -> {
                assertThat(copy.getState()).isEqualTo("refused");
                assertThat(addresses(copy.getRecipients())).containsExactly("BEE@example.net");
                assertThat(copy.getSender().asString()).isEqualTo(STRANGER);
            });
        }

        @Test
        void takesTheRecipientsThatMailmanWouldDiscardOutWithoutAWord() throws MessagingException {
            FakeMail mail = mailFromStranger("cat@lists.example.org", "ant@example.com");

            mailet(PolicyMode.ENFORCE, OnDiscard.DROP).service(mail);

            assertThat(addresses(mail.getRecipients())).containsExactly("ant@example.com");
            assertThat(mail.getState()).isEqualTo("root");
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void endsAMailWhoseRecipientsWouldAllBeDiscarded() throws MessagingException {
            FakeMail mail = mailFromStranger("cat@lists.example.org");

            mailet(PolicyMode.ENFORCE, OnDiscard.DROP).service(mail);

            assertThat(mail.getRecipients()).isEmpty();
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void sendsTheMailItselfToTheProcessorWhenAllOthersAreDropped() throws MessagingException {
            FakeMail mail = mailFromStranger("cat@lists.example.org", "bee@example.com");

            mailet(PolicyMode.ENFORCE, OnDiscard.DROP).service(mail);

            assertThat(mail.getState()).isEqualTo("error");
            assertThat(mail.getErrorMessage()).isEqualTo(REFUSAL);
            assertThat(addresses(mail.getRecipients())).containsExactly("bee@example.com");
        }

        @Test
        void refusesWhatMailmanWouldDiscardWhereTheSiteWantsThat() throws MessagingException {
            FakeMail mail = mailFromStranger("cat@lists.example.org", "carl@elsewhere.example");

            mailet(PolicyMode.ENFORCE, OnDiscard.REFUSE).service(mail);

            assertThat(addresses(mail.getRecipients())).containsExactly("carl@elsewhere.example");
            assertThat(context.getSentMails()).singleElement().satisfies(copy -> assertThat(copy.getState())
                    .isEqualTo("error"));
        }

        @ParameterizedTest
        @CsvSource({"OBSERVE, DROP", "OBSERVE, REFUSE", "OBSERVE, ENQUEUE"})
        void leavesTheMailAsItIsWhileItObserves(PolicyMode mode, OnDiscard onDiscard) throws MessagingException {
            FakeMail mail = mailFromStranger("cat@lists.example.org", "bee@example.com", "carl@elsewhere.example");

            mailet(mode, onDiscard).service(mail);

            assertThat(mail.getRecipients()).hasSize(3);
            assertThat(mail.getState()).isEqualTo("root");
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            CheckPostingPermission mailet = mailet(PolicyMode.ENFORCE, OnDiscard.DROP);
            FakeMail mail = mailFromStranger("bee@example.com");

            assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
            assertThat(mail.getState()).isEqualTo("root");
        }
    }

    @Test
    void needsTheProcessorThatItSendsRefusedMailTo() throws MessagingException {
        assertThat(mailet(PolicyMode.ENFORCE, OnDiscard.DROP).requiredProcessingState())
                .containsExactly(new ProcessingState("error"));
        assertThat(mailet(
                                PolicyMode.ENFORCE,
                                OnDiscard.DROP,
                                FakeMailetConfig.builder().setProperty("processor", "refused"))
                        .requiredProcessingState())
                .containsExactly(new ProcessingState("refused"));
    }

    @Test
    void failsTheStartOverAParameterThatItDoesNotKnow() {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().setProperty("on-discard", "drop");

        assertThatThrownBy(() -> mailet(PolicyMode.ENFORCE, OnDiscard.DROP, config))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("on-discard");
    }
}
