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
import java.util.Locale;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientIsSubaddressTest {
    @TempDir
    Path root;

    private SiteFixture site;

    @BeforeEach
    void setUp() {
        site = SiteFixture.in(root);
    }

    private Matcher matcher(String condition) throws MessagingException {
        return initialised(new RecipientIsSubaddress(new ListRecipients(site.recipients())), condition);
    }

    @ParameterizedTest
    @CsvSource({
        "bounces, ant-bounces@example.com",
        "bounces, ant-bounces+anne=example.com@example.com",
        "confirm, ant-confirm+0123456789abcdef@example.com",
        "join, ant-join@example.com",
        "join, ant-subscribe@example.com",
        "leave, ant-leave@example.com",
        "leave, ant-unsubscribe@example.net",
        "owner, ANT-OWNER@example.com",
        "request, ant-request@example.com"
    })
    void matchesTheSubaddressThatItsConditionNames(String condition, String address) throws MessagingException {
        assertThat(matcher(condition).match(spooled(address))).hasSize(1);
        assertThat(matcher(condition.toUpperCase(Locale.ROOT)).match(spooled(address)))
                .hasSize(1);
        assertThat(matcher(condition)
                        .match(onTheWire(site.delivery("anne@example.com", address, messageFrom("anne@example.com")))))
                .hasSize(1);
    }

    @Test
    void picksItsSubaddressesOutOfSeveralRecipients() throws MessagingException {
        Mail mail = spooled(
                "ant@example.com",
                "ant-request@example.com",
                "ant-owner@example.com",
                "bee-leave@example.com",
                "no-request@example.com",
                "ant-request@elsewhere.example");

        assertThat(addresses(matcher("request, leave").match(mail)))
                .containsExactly("ant-request@example.com", "bee-leave@example.com");
    }

    @Test
    void leavesAPostAndOtherSubaddressesOnTheWireAlone() throws MessagingException {
        Matcher matcher = matcher("request");

        assertThat(matcher.match(onTheWire(site.delivery("", "ant@example.com", messageFrom("anne@example.com")))))
                .isEmpty();
        assertThat(matcher.match(
                        onTheWire(site.delivery("", "ant-owner@example.com", messageFrom("anne@example.com")))))
                .isEmpty();
    }

    @Test
    void failsWhileNothingIsKnownOfTheLists() throws MessagingException {
        site = SiteFixture.ofWhichNothingIsKnownYet(root);
        Matcher matcher = matcher("owner");
        Mail mail = spooled("ant-owner@example.com");

        assertThatThrownBy(() -> matcher.match(mail)).isInstanceOf(MessagingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void failsTheStartWithoutAConditionAndSaysWhatToWrite(String condition) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("The condition of matcher RecipientIsSubaddress has \"\": write match=\""
                        + "RecipientIsSubaddress=...\" with one or more of bounces,confirm,join,leave,owner,request");
    }

    @ParameterizedTest
    @CsvSource({"subscribe, subscribe", "'request,post', post", "'owners', owners", "'join leave', join leave"})
    void failsTheStartOverAWordThatIsNoSubaddress(String condition, String wrong) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("The condition of matcher RecipientIsSubaddress has \"" + wrong + "\": write match=\""
                        + "RecipientIsSubaddress=...\" with one or more of bounces,confirm,join,leave,owner,request");
    }
}
