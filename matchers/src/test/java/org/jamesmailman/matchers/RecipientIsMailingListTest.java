// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.matchers.MailFixture.addresses;
import static org.jamesmailman.matchers.MailFixture.initialised;
import static org.jamesmailman.matchers.MailFixture.messageFrom;
import static org.jamesmailman.matchers.MailFixture.onTheWire;
import static org.jamesmailman.matchers.MailFixture.spooled;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientIsMailingListTest {
    @TempDir
    Path root;

    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private Matcher matcher() throws MessagingException {
        return initialised(unconfigured());
    }

    private Matcher matcher(String condition) throws MessagingException {
        return initialised(unconfigured(), condition);
    }

    private RecipientIsMailingList unconfigured() {
        return new RecipientIsMailingList(new ListRecipients(site.recipients()));
    }

    @Nested
    class InTheSpool {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ant@example.com",
                    "ANT@Example.COM",
                    "ant+topic@example.com",
                    "ant@example.net",
                    "Ant-Request@EXAMPLE.net",
                    "ant-owner@example.com",
                    "ant-subscribe@example.com",
                    "ant-bounces+anne=example.com@example.com",
                    "dog@lists.example.org"
                })
        void matchesAnAddressOfAList(String address) throws MessagingException {
            assertThat(matcher().match(spooled(address))).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "postmaster@example.com",
                    "ant@elsewhere.example",
                    "ant-admin@example.com",
                    "ant-owner-owner@example.com",
                    "antrequest@example.com",
                    "ant@lists.example.org",
                    "ant@sub.example.com"
                })
        void leavesAnyOtherAddressAlone(String address) throws MessagingException {
            assertThat(matcher().match(spooled(address))).isEmpty();
        }

        @Test
        void picksTheListsOutOfSeveralRecipients() throws MessagingException {
            Mail mail = spooled(
                    "anne@elsewhere.example",
                    "ant@example.com",
                    "postmaster@example.com",
                    "cat-request@lists.example.org",
                    "no-such-list@example.com");

            assertThat(addresses(matcher().match(mail)))
                    .containsExactly("ant@example.com", "cat-request@lists.example.org");
        }

        @Test
        void picksOnlyTheListsOfTheDomainsInItsCondition() throws MessagingException {
            Mail mail = spooled("ant@example.com", "cat@lists.example.org", "anne@elsewhere.example");

            assertThat(addresses(matcher("lists.example.org").match(mail))).containsExactly("cat@lists.example.org");
        }

        @Test
        void takesSeveralDomainsInAnyCaseWithBlanksAroundThem() throws MessagingException {
            Mail mail = spooled("ant@example.com", "cat@lists.example.org");

            assertThat(matcher(" Example.COM , lists.example.org ,").match(mail))
                    .hasSize(2);
        }

        @Test
        void countsAnAliasAsTheDomainThatItStandsFor() throws MessagingException {
            assertThat(matcher("example.com").match(spooled("ant@example.net"))).hasSize(1);
            assertThat(matcher("example.net").match(spooled("ant@example.net"))).isEmpty();
        }

        @Test
        void matchesNobodyInAMailWithoutRecipients() throws MessagingException {
            assertThat(matcher().match(spooled())).isEmpty();
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            Matcher matcher = matcher();
            Mail mail = spooled("ant@example.com");

            assertThatThrownBy(() -> matcher.match(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("Nothing is known of Mailman's lists yet");
        }

        @Test
        void doesNotTakeACopyThatAMailetHasSentElsewhereForTheMailOnTheWire() throws MessagingException {
            Mail copy =
                    onTheWire(site.delivery("anne@example.com", "ant@example.com", messageFrom("anne@example.com")));
            copy.setRecipients(
                    spooled("archive@elsewhere.example", "bee@example.com").getRecipients());
            copy.setAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE);

            assertThat(addresses(matcher().match(copy))).containsExactly("bee@example.com");
        }
    }

    @Nested
    class OnTheWire {
        private Mail mailTo(String address) throws MessagingException {
            return onTheWire(site.delivery("anne@example.com", address, messageFrom("anne@example.com")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ant@example.com", "ANT@example.net", "ant-request@example.com"})
        void matchesTheRecipientWithoutResolvingItAgain(String address) throws MessagingException {
            Delivery delivery = site.delivery("anne@example.com", address, messageFrom("anne@example.com"));
            site = SiteFixture.ofWhichNothingIsKnownYet(root);

            assertThat(addresses(matcher().match(onTheWire(delivery)))).hasSize(1);
        }

        @Test
        void leavesTheListOfAnotherDomainAlone() throws MessagingException {
            assertThat(matcher("lists.example.org").match(mailTo("ant@example.com")))
                    .isEmpty();
        }

        @Test
        void matchesTheListOfItsDomain() throws MessagingException {
            assertThat(matcher("lists.example.org,example.com").match(mailTo("ant@example.net")))
                    .hasSize(1);
        }
    }

    @Nested
    class ACondition {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "example .com",
                    "@example.com",
                    "ant@example.com",
                    "*.example.com",
                    "example.com lists.example.org",
                    "example.com;example.org",
                    ".example.com",
                    "example.com.",
                    "example..com",
                    "exämple.com"
                })
        void thatIsNoDomainFailsTheStartAndSaysWhatToWrite(String condition) {
            assertThatThrownBy(() -> matcher(condition))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("The condition of matcher RecipientIsMailingList has \"" + condition
                            + "\": write match=\"RecipientIsMailingList=...\" with domains of lists between commas, as"
                            + " lists.example.com,example.org, or nothing for all");
        }

        @Test
        void namesTheWordThatIsWrongAmongOthers() {
            assertThatThrownBy(() -> matcher("example.com, ant@example.com"))
                    .hasMessageContaining("has \"ant@example.com\":");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", ",", " , "})
        void withoutAWordMeansAllDomains(String condition) throws MessagingException {
            assertThat(matcher(condition).match(spooled("ant@example.com", "cat@lists.example.org")))
                    .hasSize(2);
        }

        @Test
        void thatIsLongerThanAnyDomainFailsTheStartToo() {
            String condition = "a.".repeat(100_000) + "com";

            assertThatThrownBy(() -> matcher(condition)).isInstanceOf(MessagingException.class);
        }
    }
}
