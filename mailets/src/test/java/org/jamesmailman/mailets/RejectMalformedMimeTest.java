// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailets.MailFixture.ANNE;
import static org.jamesmailman.mailets.MailFixture.HAZARDOUS;
import static org.jamesmailman.mailets.MailFixture.MALFORMED;
import static org.jamesmailman.mailets.MailFixture.MESSAGE;
import static org.jamesmailman.mailets.MailFixture.SHUNTED;
import static org.jamesmailman.mailets.MailFixture.addresses;
import static org.jamesmailman.mailets.MailFixture.onTheWire;
import static org.jamesmailman.mailets.MailFixture.spooled;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailContext.SentMail;
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
import org.junit.jupiter.params.provider.ValueSource;

class RejectMalformedMimeTest {
    private static final String NO_BOUNDARY = "The Content-Type is multipart but has no boundary parameter.";

    @TempDir
    Path root;

    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final CountedMetrics metrics = new CountedMetrics();
    private SiteFixture site;
    private PolicyMode mode = PolicyMode.ENFORCE;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private RejectMalformedMime mailet() throws MessagingException {
        return mailet(FakeMailetConfig.builder());
    }

    private RejectMalformedMime mailet(FakeMailetConfig.Builder config) throws MessagingException {
        RejectMalformedMime mailet = new RejectMalformedMime(
                new ListMails(site.recipients(), site.transactions()),
                new Enforcement(mode, OnDiscard.DROP),
                metrics.factory());
        mailet.init(config.mailetContext(context).build());
        return mailet;
    }

    @Nested
    class OnTheWire {
        @Test
        void refusesAMalformedMessageWithItsDefect() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "Ant@example.com", MALFORMED);
            FakeMail mail = onTheWire(delivery);

            mailet().service(mail);

            assertThat(delivery.sink().outcome())
                    .contains(
                            new Outcome.Refused(Replies.malformedMessage("Ant@example.com", NO_BOUNDARY), NO_BOUNDARY));
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void refusesAMessageThatMailmanBreaksOn() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant-request@example.com", HAZARDOUS);

            mailet().service(onTheWire(delivery));

            assertThat(delivery.sink().outcome())
                    .contains(new Outcome.Refused(
                            Replies.malformedMessage(
                                    "ant-request@example.com",
                                    "The Message-ID contains characters that are not ASCII."),
                            "The Message-ID contains characters that are not ASCII."));
        }

        @Test
        void letsASoundMessagePass() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);
            FakeMail mail = onTheWire(delivery);

            mailet().service(mail);

            assertThat(delivery.sink().outcome()).isEmpty();
            assertThat(mail.getState()).isEqualTo("root");
        }

        @Test
        void leavesAnEarlierOutcomeAsItIs() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MALFORMED);
            Outcome earlier = new Outcome.Refused(Replies.mayNotPost("ant@example.com"), "not allowed");
            delivery.sink().conclude(earlier);

            mailet().service(onTheWire(delivery));

            assertThat(delivery.sink().outcome()).contains(earlier);
        }
    }

    @Nested
    class WithNamedDefects {
        private static final String DUPLICATE = "From: anne@example.com\r\nFrom: a@b.c\r\nSubject: x\0y\r\n\r\n";

        private Optional<Outcome> outcome(String message, String defects) throws MessagingException {
            return outcome(message, defects, "ant@example.com");
        }

        private Optional<Outcome> outcome(String message, String defects, String recipient) throws MessagingException {
            Delivery delivery = site.delivery(ANNE, recipient, message);
            mailet(FakeMailetConfig.builder().setProperty("defects", defects)).service(onTheWire(delivery));
            return delivery.sink().outcome();
        }

        @Test
        void refusesWhatTheSiteRefuses() throws MessagingException {
            assertThat(outcome(DUPLICATE, "\n  nul:observe,\n duplicate-from : refuse ,"))
                    .contains(new Outcome.Refused(
                            Replies.malformedMessage("ant@example.com", "The header has more than one From."),
                            "The header has more than one From."));
            assertThat(metrics.counts())
                    .isEqualTo(Map.of(
                            "mailman.malformed.duplicate-from.refused", 1,
                            "mailman.malformed.nul.observed", 1));
        }

        @Test
        void countsAndAcceptsWhatTheSiteObserves() throws MessagingException {
            assertThat(outcome(DUPLICATE, "duplicate-from:observe")).isEmpty();
            assertThat(metrics.counts()).isEqualTo(Map.of("mailman.malformed.duplicate-from.observed", 1));
        }

        @Test
        void looksForNothingThatTheSiteHasNotNamed() throws MessagingException {
            assertThat(outcome(DUPLICATE, "")).isEmpty();
            assertThat(metrics.counts()).isEmpty();
        }

        @Test
        void refusesWhatMailmanRefusesFirst() throws MessagingException {
            assertThat(outcome(MALFORMED + "\0", "nul:refuse"))
                    .contains(
                            new Outcome.Refused(Replies.malformedMessage("ant@example.com", NO_BOUNDARY), NO_BOUNDARY));
        }

        @Test
        void refusesOrObservesWhatMailmanWouldShunt() throws MessagingException {
            assertThat(outcome(SHUNTED, "")).isPresent();
            assertThat(outcome(SHUNTED, "undecodable-sender:observe")).isEmpty();
            assertThat(metrics.counts())
                    .isEqualTo(Map.of(
                            "mailman.malformed.undecodable-sender.refused", 1,
                            "mailman.malformed.undecodable-sender.observed", 1));
        }

        @Test
        void takesABounceOfWhichMailmanReadsNoPrecedence() throws MessagingException {
            String message = "From: anne@example.com\r\nPrecedence: b\u00fclk\r\n\r\n";

            assertThat(outcome(message, "", "ant-bounces@example.com")).isEmpty();
            assertThat(outcome(message, "", "ant-request@example.com")).isPresent();
        }

        @Test
        void keepsToTheSitesLimits() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", MESSAGE);

            mailet(FakeMailetConfig.builder()
                            .setProperty("defects", "too-many-headers:refuse")
                            .setProperty("maxHeaders", "1"))
                    .service(onTheWire(delivery));

            assertThat(delivery.sink().outcome()).isPresent();
            assertThat(outcome(MESSAGE, "too-many-headers:refuse")).isEmpty();
        }
    }

    @Nested
    class InObserveMode {
        @BeforeEach
        void observe() {
            mode = PolicyMode.OBSERVE;
        }

        @Test
        void refusesWhatMailmansLmtpRunnerDoesNotTake() throws MessagingException {
            for (String message : List.of(MALFORMED, HAZARDOUS)) {
                Delivery delivery = site.delivery(ANNE, "ant@example.com", message);
                mailet().service(onTheWire(delivery));
                assertThat(delivery.sink().outcome()).isPresent();
            }
        }

        @Test
        void observesWhatMailmansLmtpRunnerTakes() throws MessagingException {
            Delivery delivery = site.delivery(ANNE, "ant@example.com", SHUNTED + "\0");

            mailet(FakeMailetConfig.builder().setProperty("defects", "nul:refuse"))
                    .service(onTheWire(delivery));

            assertThat(delivery.sink().outcome()).isEmpty();
            assertThat(metrics.counts())
                    .isEqualTo(Map.of(
                            "mailman.malformed.undecodable-sender.observed", 1,
                            "mailman.malformed.nul.observed", 1));
        }
    }

    @Nested
    class InTheSpool {
        @Test
        void sendsEachRecipientToTheProcessorForItsOwnReason() throws MessagingException {
            FakeMail mail = spooled(
                    ANNE,
                    "From: anne@example.com\r\nPrecedence: b\u00fclk\r\n\r\n\0",
                    "ant@example.com",
                    "ant-bounces@example.com");

            mailet(FakeMailetConfig.builder().setProperty("defects", "nul:refuse"))
                    .service(mail);

            assertThat(context.getSentMails()).singleElement().satisfies(copy -> {
                assertThat(addresses(copy.getRecipients())).containsExactly("ant@example.com");
                assertThat(copy.getState()).isEqualTo("error");
            });
            assertThat(addresses(mail.getRecipients())).containsExactly("ant-bounces@example.com");
            assertThat(mail.getErrorMessage()).isEqualTo("554 5.6.0 malformed message: The message contains a NUL.");
        }

        @Test
        void sendsTheMailToTheErrorProcessorWhenAllItsRecipientsAreAtLists() throws MessagingException {
            FakeMail mail = spooled(ANNE, MALFORMED, "ant@example.com", "cat-owner@lists.example.org");

            mailet().service(mail);

            assertThat(mail.getState()).isEqualTo("error");
            assertThat(mail.getErrorMessage()).isEqualTo("554 5.6.0 malformed message: " + NO_BOUNDARY);
            assertThat(mail.getRecipients()).hasSize(2);
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void sendsACopyToTheProcessorForTheRecipientsAtListsAndLetsTheOthersGoOn() throws MessagingException {
            FakeMail mail = spooled(
                    ANNE,
                    MALFORMED,
                    "carl@elsewhere.example",
                    "ant@example.com",
                    "postmaster@example.com",
                    "bee@example.net");

            mailet(FakeMailetConfig.builder().setProperty("processor", "malformed"))
                    .service(mail);

            assertThat(addresses(mail.getRecipients()))
                    .containsExactly("carl@elsewhere.example", "postmaster@example.com");
            assertThat(mail.getState()).isEqualTo("root");
            assertThat(mail.getErrorMessage()).isNull();
            assertThat(context.getSentMails()).singleElement().satisfies(copy -> {
                assertThat(copy.getState()).isEqualTo("malformed");
                assertThat(addresses(copy.getRecipients())).containsExactly("ant@example.com", "bee@example.net");
                assertThat(copy.getSender().asString()).isEqualTo(ANNE);
            });
        }

        @Test
        void leavesAMalformedMailForNoListAlone() throws MessagingException {
            FakeMail mail = spooled(ANNE, MALFORMED, "carl@elsewhere.example");

            mailet().service(mail);

            assertThat(mail.getState()).isEqualTo("root");
            assertThat(context.getSentMails()).isEmpty();
        }

        @Test
        void letsASoundMailPass() throws MessagingException {
            FakeMail mail = spooled(ANNE, MESSAGE, "ant@example.com", "carl@elsewhere.example");

            mailet().service(mail);

            assertThat(mail.getState()).isEqualTo("root");
            assertThat(mail.getRecipients()).hasSize(2);
            assertThat(context.getSentMails()).extracting(SentMail::getState).isEmpty();
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            RejectMalformedMime mailet = mailet();
            FakeMail mail = spooled(ANNE, MALFORMED, "ant@example.com");

            assertThatThrownBy(() -> mailet.service(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("Nothing is known of Mailman's lists yet");
            assertThat(mail.getState()).isEqualTo("root");
        }
    }

    @Test
    void needsTheProcessorThatItSendsRefusedMailTo() throws MessagingException {
        assertThat(mailet().requiredProcessingState()).containsExactly(new ProcessingState("error"));
        assertThat(mailet(FakeMailetConfig.builder().setProperty("processor", "malformed"))
                        .requiredProcessingState())
                .containsExactly(new ProcessingState("malformed"));
    }

    @Test
    void failsTheStartOverAParameterThatItDoesNotKnow() {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().setProperty("procesor", "error");

        assertThatThrownBy(() -> mailet(config))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("procesor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad-base46:refuse | 'bad-base46', which is no defect. It knows: undecodable-sender, 8-bit-precedence, bad-base64",
                "nul | says 'nul': write nul:refuse or nul:observe",
                "nul:reject | says 'nul:reject': write nul:refuse or nul:observe",
                "nul:refuse bare-cr:refuse | write nul:refuse or nul:observe",
                "nul:refuse,nul:observe | names nul twice",
                "no-boundary-in-multipart:observe | is always refused, as Mailman's LMTP runner refuses it",
                "8-bit-message-id:observe | is always refused"
            })
    void failsTheStartOverDefectsThatItCannotRead(String defects, String sentence) {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().setProperty("defects", defects);

        assertThatThrownBy(() -> mailet(config))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("The parameter defects of RejectMalformedMime ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "", "99999999999"})
    void failsTheStartOverALimitThatIsNone(String limit) {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().setProperty("maxParts", limit);

        assertThatThrownBy(() -> mailet(config))
                .isInstanceOf(MessagingException.class)
                .hasMessage("The parameter maxParts of RejectMalformedMime is '" + limit
                        + "': write a whole number from 1 on, such as 1000");
    }

    @Test
    void takesTheParameterThatEveryMailetHas() throws MessagingException {
        assertThat(mailet(FakeMailetConfig.builder().setProperty("onMailetException", "propagate")))
                .isNotNull();
    }
}
