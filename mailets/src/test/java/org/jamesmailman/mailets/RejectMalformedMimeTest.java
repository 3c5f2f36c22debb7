// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailets.MailFixture.ANNE;
import static org.jamesmailman.mailets.MailFixture.HAZARDOUS;
import static org.jamesmailman.mailets.MailFixture.MALFORMED;
import static org.jamesmailman.mailets.MailFixture.MESSAGE;
import static org.jamesmailman.mailets.MailFixture.addresses;
import static org.jamesmailman.mailets.MailFixture.onTheWire;
import static org.jamesmailman.mailets.MailFixture.spooled;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailContext.SentMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.verdict.Replies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectMalformedMimeTest {
    private static final String NO_BOUNDARY = "The Content-Type is multipart but has no boundary parameter.";

    @TempDir
    Path root;

    private final FakeMailContext context = FakeMailContext.defaultContext();
    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private RejectMalformedMime mailet() throws MessagingException {
        return mailet(FakeMailetConfig.builder());
    }

    private RejectMalformedMime mailet(FakeMailetConfig.Builder config) throws MessagingException {
        RejectMalformedMime mailet = new RejectMalformedMime(new ListMails(site.recipients(), site.transactions()));
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
    class InTheSpool {
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

    @Test
    void takesTheParameterThatEveryMailetHas() throws MessagingException {
        assertThat(mailet(FakeMailetConfig.builder().setProperty("onMailetException", "propagate")))
                .isNotNull();
    }
}
