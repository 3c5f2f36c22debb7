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
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientIsPostingAddressTest {
    @TempDir
    Path root;

    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private Matcher matcher(String condition) throws MessagingException {
        return initialised(new RecipientIsPostingAddress(new ListRecipients(site.recipients())), condition);
    }

    @Nested
    class InTheSpool {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ant@example.com",
                    "ANT@EXAMPLE.COM",
                    "ant@example.net",
                    "ant+request@example.com",
                    "ant+-owner@example.com"
                })
        void matchesAPost(String address) throws MessagingException {
            assertThat(matcher("").match(spooled(address))).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ant-request@example.com",
                    "ant-request+topic@example.com",
                    "ant-owner@example.com",
                    "ant-join@example.com",
                    "ant-leave@example.com",
                    "ant-confirm+0123@example.com",
                    "ant-bounces@example.com",
                    "postmaster@example.com"
                })
        void leavesAnythingElseAlone(String address) throws MessagingException {
            assertThat(matcher("").match(spooled(address))).isEmpty();
        }

        @Test
        void picksThePostsOfItsDomainsOutOfSeveralRecipients() throws MessagingException {
            Mail mail = spooled(
                    "ant@example.com",
                    "ant-owner@example.com",
                    "bee@example.net",
                    "cat@lists.example.org",
                    "x@y.example");

            assertThat(addresses(matcher("example.com").match(mail)))
                    .containsExactly("ant@example.com", "bee@example.net");
        }

        @Test
        void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
            site = SiteFixture.ofWhichNothingIsKnownYet(root);
            Matcher matcher = matcher("");
            Mail mail = spooled("ant@example.com");

            assertThatThrownBy(() -> matcher.match(mail)).isInstanceOf(MessagingException.class);
        }
    }

    @Nested
    class OnTheWire {
        private boolean matches(String condition, String address) throws MessagingException {
            Mail mail = onTheWire(site.delivery("anne@example.com", address, messageFrom("anne@example.com")));
            return !matcher(condition).match(mail).isEmpty();
        }

        @Test
        void matchesAPost() throws MessagingException {
            assertThat(matches("", "Ant@example.net")).isTrue();
        }

        @Test
        void leavesASubaddressAlone() throws MessagingException {
            assertThat(matches("", "ant-request@example.com")).isFalse();
        }

        @Test
        void leavesAPostOfAnotherDomainAlone() throws MessagingException {
            assertThat(matches("lists.example.org", "ant@example.com")).isFalse();
        }
    }

    @Test
    void failsTheStartOverAConditionThatIsNoDomain() {
        assertThatThrownBy(() -> matcher("posts!"))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith(
                        "The condition of matcher RecipientIsPostingAddress has \"posts!\": write match=\""
                                + "RecipientIsPostingAddress=...\" with domains of lists between commas");
    }
}
