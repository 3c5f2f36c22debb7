// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.matchers.MailFixture.addresses;
import static org.jamesmailman.matchers.MailFixture.initialised;
import static org.jamesmailman.matchers.MailFixture.messageFrom;
import static org.jamesmailman.matchers.MailFixture.onTheWire;
import static org.jamesmailman.matchers.MailFixture.spooled;
import static org.jamesmailman.matchers.MailFixture.spooledFrom;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMail;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostingVerdictIsTest {
    @TempDir
    Path root;

    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private Matcher matcher(String condition) throws MessagingException {
        return initialised(
                new PostingVerdictIs(new ListRecipients(site.recipients()), site.verdicts(), site.transactions()),
                condition);
    }

    @ParameterizedTest
    @CsvSource({
        "accept, anne@example.com, ant@example.com",
        "accept, anne@example.com, ANT@example.net",
        "accept, stranger@example.org, ant@example.com",
        "reject, bart@example.com, ant@example.com",
        "reject, stranger@example.org, bee+topic@example.com",
        "discard, dave@example.com, ant@example.com",
        "discard, stranger@example.org, cat@lists.example.org",
        "cannot-tell, anne@example.com, dog@lists.example.org"
    })
    void matchesThePostsOfItsVerdictAndNoOthers(String verdict, String sender, String recipient)
            throws MessagingException {
        Mail spooled = spooledFrom(sender, recipient);
        Mail onTheWire = onTheWire(site.delivery(sender, recipient, messageFrom(sender)));

        for (String word : new String[] {"accept", "reject", "discard", "cannot-tell"}) {
            Matcher matcher = matcher(word);
            assertThat(matcher.match(spooled)).as("%s in the spool", word).hasSize(word.equals(verdict) ? 1 : 0);
            assertThat(matcher.match(onTheWire)).as("%s on the wire", word).hasSize(word.equals(verdict) ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ant-request@example.com",
                "ant-owner@example.com",
                "ant-bounces+x=y.example@example.com",
                "ant-leave@example.com"
            })
    void neverMatchesMailToASubaddress(String recipient) throws MessagingException {
        Matcher matcher = matcher("accept,reject,discard,cannot-tell");

        assertThat(matcher.match(spooledFrom("dave@example.com", recipient))).isEmpty();
        assertThat(matcher.match(
                        onTheWire(site.delivery("dave@example.com", recipient, messageFrom("dave@example.com")))))
                .isEmpty();
    }

    @Nested
    class InTheSpool {
        @Test
        void picksTheListsThatWouldRefuseOutOfSeveralRecipients() throws MessagingException {
            Mail mail = spooledFrom(
                    "stranger@example.org",
                    "ant@example.com",
                    "bee@example.com",
                    "bee-owner@example.com",
                    "someone@elsewhere.example",
                    "cat@lists.example.org",
                    "dog@lists.example.org");

            assertThat(addresses(matcher("reject,discard").match(mail)))
                    .containsExactly("bee@example.com", "cat@lists.example.org");
        }

        @Test
        void judgesAMailWithoutSendersInItsHeadersByItsEnvelope() throws MessagingException {
            Mail mail = spooledFrom("dave@example.com", "ant@example.com");
            mail.getMessage().removeHeader("From");

            assertThat(matcher("discard").match(mail)).hasSize(1);
        }

        @Test
        void judgesAMailOfTheNullSenderByItsHeaders() throws MessagingException {
            Mail bounce = spooledFrom("bart@example.com", "ant@example.com");
            Mail withoutSender = FakeMail.builder()
                    .name("mail-2")
                    .recipients("ant@example.com")
                    .mimeMessage(bounce.getMessage())
                    .build();

            assertThat(matcher("reject").match(withoutSender)).hasSize(1);
        }

        @Test
        void matchesNobodyInAMailForNoList() throws MessagingException {
            assertThat(matcher("accept,reject,discard,cannot-tell").match(spooled("someone@elsewhere.example")))
                    .isEmpty();
        }

        @Test
        void keepsNoTemporaryFileOfALargeMail() throws MessagingException, IOException {
            Mail mail = spooledFrom("bart@example.com", "ant@example.com");
            mail.getMessage().setText("honey\r\n".repeat(200_000));
            mail.getMessage().saveChanges();

            assertThat(matcher("reject").match(mail)).hasSize(1);
            try (Stream<Path> left = Files.list(root.resolve("tmp"))) {
                assertThat(left).isEmpty();
            }
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            Matcher matcher = matcher("reject");
            Mail mail = spooled("ant@example.com");

            assertThatThrownBy(() -> matcher.match(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("Nothing is known of Mailman's lists yet");
        }
    }

    @Test
    void matchesNothingOnTheWireOnceTheListHasGone() throws MessagingException {
        Mail mail = onTheWire(site.delivery("bart@example.com", "ant@example.com", messageFrom("bart@example.com")));
        site = SiteFixture.ofWhichNothingIsKnownYet(root);

        assertThat(matcher("accept,reject,discard,cannot-tell").match(mail)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "hold, hold",
        "'reject,drop', drop",
        "'reject discard', reject discard",
        "cannot_tell, cannot_tell"
    })
    void failsTheStartOverAWordThatIsNoVerdict(String condition, String wrong) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("The condition of matcher PostingVerdictIs has \"" + wrong + "\": write match=\""
                        + "PostingVerdictIs=...\" with one or more of accept,reject,discard,cannot-tell");
    }
}
