// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractAuthRequiredToRelayRcptHook;
import org.apache.james.protocols.smtp.core.fastfail.AbstractValidRcptHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.testing.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LmtpRcptCmdHandlerTest extends OnTheWire {
    private final List<String> recipientsThatHooksSaw = Collections.synchronizedList(new ArrayList<>());

    /** An admin's hook. */
    private final class RecipientHook implements RcptHook {
        @Override
        public HookResult doRcpt(
                SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
            recipientsThatHooksSaw.add(
                    sender.asString() + " " + recipient.asString() + " after " + session.getRcptCount());
            return switch (recipient.getLocalPart()) {
                case "bee" ->
                    HookResult.builder()
                            .hookReturnCode(HookReturnCode.denySoft())
                            .smtpReturnCode("450")
                            .smtpDescription("4.7.1 greylisted")
                            .build();
                case "cat" -> throw new IllegalStateException("the hook is broken");
                default -> HookResult.DECLINED;
            };
        }
    }

    /** James's own question whether a local user has the address: nobody has. */
    private static final class NobodyIsLocal extends AbstractValidRcptHandler {
        @Override
        protected boolean isValidRecipient(SMTPSession session, MailAddress recipient) {
            return false;
        }

        @Override
        protected boolean isLocalDomain(SMTPSession session, Domain domain) {
            return domain.asString().equals("example.com");
        }
    }

    /** James's own question whether the domain is local, for a client that has not logged in: none is. */
    private static final class NoRelaying extends AbstractAuthRequiredToRelayRcptHook {
        @Override
        protected boolean isLocalDomain(Domain domain) {
            return domain.asString().equals("example.com");
        }
    }

    @BeforeEach
    void startTransaction() {
        client.ask("MAIL FROM:<anne@example.com>");
    }

    @Test
    void putsMailOffWhileItsQueueIsFull() {
        site.disk().fillUp();
        // What it is asked first it answers by what it knows, and measures anew.
        Await.until("the queue to be measured", () -> client.ask("RCPT TO:<ant@example.com>")
                .startsWith("452 4.3.1 <ant@example.com> the queue cannot take the message now, try again later"));
    }

    private void restartTransaction(LmtpServerFixture other) {
        restart(other);
        startTransaction();
    }

    private String rcpt(String address) {
        return client.ask("RCPT TO:<" + address + ">");
    }

    private List<Delivery> deliver() {
        client.ask("DATA");
        client.send(MESSAGE + ".\r\n");
        client.reply();
        return mailets.deliveries();
    }

    @ParameterizedTest
    @CsvSource({
        "ant@example.com, ant.example.com, ''",
        "Ant@EXAMPLE.com, ant.example.com, ''",
        "ant@example.net, ant.example.com, ''",
        "ant+topic@example.com, ant.example.com, ''",
        "ant-request@example.com, ant.example.com, request",
        "ant-subscribe@example.net, ant.example.com, join",
        "ant-confirm+0123456789@example.com, ant.example.com, confirm",
        "cat-owner@lists.example.org, cat.lists.example.org, owner",
        "ant-bounces+anne=home.example@example.com, ant.example.com, bounces",
        "ant-bounces+o'brien=home.example@example.com, ant.example.com, bounces"
    })
    void takesAnAddressOfAList(String address, String listId, String subaddress) {
        assertThat(rcpt(address)).isEqualTo("250 2.1.5 <" + address + "> recipient ok");

        assertThat(deliver()).singleElement().satisfies(delivery -> {
            Destination destination = delivery.destination();
            assertThat(delivery.recipient()).isEqualTo(address);
            assertThat(destination.listId()).isEqualTo(listId);
            assertThat(destination
                            .subaddress()
                            .map(found -> found.canonicalName())
                            .orElse(""))
                    .isEqualTo(subaddress);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ant-bounces+a..b=docomo.example@example.com, ant-bounces@example.com",
        "ANT-Bounces+a..b=docomo.example@example.net, ant-bounces@example.com",
        "ant-unsubscribe+a..b=docomo.example@example.com, ant-leave@example.com",
        "ant+a..b@example.com, ant@example.com"
    })
    void takesAnAddressOfAListThatJamesItselfCannotParse(String address, String forJames) {
        assertThat(rcpt(address)).isEqualTo("250 2.1.5 <" + address + "> recipient ok");

        assertThat(deliver()).extracting(Delivery::recipient).containsExactly(address);
        assertThat(mailets.mails()).containsExactly("anne@example.com " + forJames);
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-list@example.com, 550 5.1.1 <no-such-list@example.com> no such mailing list here",
        "ant@example.org, 550 5.1.2 <ant@example.org> no mailing lists for this domain here",
        "no-such-list@example.net, 550 5.1.1 <no-such-list@example.net> no such mailing list here",
        "ant-admin@example.com, 550 5.1.1 <ant-admin@example.com> no such mailing list here",
        "'\"ant-bounces+anne elk=home.example\"@example.com', '550 5.1.1 <\"ant-bounces+anne elk=home.example\"@example.com> no such mailing list here'",
        "-owner@example.com, 550 5.1.1 <-owner@example.com> no such mailing list here",
        "ant, 501 5.1.3 <ant> is not an address that a mailing list could have",
        "@example.com, 501 5.1.3 <@example.com> is not an address that a mailing list could have",
        "ant@, 501 5.1.3 <ant@> is not an address that a mailing list could have",
        "'', 501 5.1.3 <> is not an address that a mailing list could have"
    })
    void refusesAnyOtherAddressAtOnce(String address, String reply) {
        assertThat(rcpt(address)).isEqualTo(reply);
        assertThat(client.ask("DATA")).isEqualTo("503 5.5.1 no valid recipients");
    }

    @Test
    void keepsTheRecipientsThatItTookWhenItRefusesAnother() {
        rcpt("ant@example.com");
        rcpt("no-such-list@example.com");
        rcpt("<>");
        rcpt("ant");

        assertThat(deliver()).extracting(Delivery::recipient).containsExactly("ant@example.com");
    }

    @Test
    void wantsMailFirst() {
        client.ask("RSET");

        assertThat(rcpt("ant@example.com")).isEqualTo("503 5.5.1 say MAIL first");
        assertThat(rcpt("no-such-list@example.com")).isEqualTo("503 5.5.1 say MAIL first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RCPT",
                "RCPT TO",
                "RCPT TO:",
                "RCPT TO:ant@example.com",
                "RCPT TO:<ant@example.com",
                "RCPT FROM:<ant@example.com>",
                "RCPT TO:<ant @example.com>"
            })
    void refusesWhatIsNoForwardPath(String command) {
        assertThat(client.ask(command)).isEqualTo("501 5.5.4 say RCPT TO:<address>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO:<ant\r@example.com>", "RCPT TO:<ant\0@example.com>"})
    void refusesACommandWithControlCharacters(String command) {
        assertThat(client.ask(command)).isEqualTo("500 5.5.2 a command has no control characters");
    }

    @Test
    void refusesAForwardPathThatIsNotAscii() {
        assertThat(client.ask("RCPT TO:<ant+\u00fc@example.com>"))
                .isEqualTo("553 5.6.7 the address is not ASCII, and SMTPUTF8 is not served here");
    }

    @ParameterizedTest
    @CsvSource({"NOTIFY=NEVER, NOTIFY", "orcpt=rfc822;ant@example.com, ORCPT", "SIZE=1, SIZE", "x, X"})
    void takesNoParameters(String parameter, String name) {
        assertThat(client.ask("RCPT TO:<ant@example.com> " + parameter))
                .isEqualTo("555 5.5.4 the RCPT parameter " + name + " is not known");
        assertThat(client.ask("DATA")).startsWith("503 5.5.1");
    }

    @Test
    void asksToTryAgainWhileNothingIsKnownOfTheLists() {
        site = SiteFixture.ofWhichNothingIsKnownYet(root.resolve("other"));
        restartTransaction(another());

        assertThat(rcpt("ant@example.com"))
                .isEqualTo("451 4.3.0 <ant@example.com> the mailing lists are not known yet, try again later");
        assertThat(rcpt("ant@elsewhere.example")).startsWith("451 4.3.0");
    }

    @Test
    void servesKnownListsAndRefusesNoOthersWhileWhatIsKnownIsTooOld() {
        site = SiteFixture.ofWhichWhatIsKnownIsTooOld(root.resolve("other"));
        restartTransaction(another());

        assertThat(rcpt("ant@example.com")).startsWith("250 2.1.5");
        assertThat(rcpt("new@example.com"))
                .isEqualTo("451 4.3.0 <new@example.com> the mailing lists are not known yet, try again later");
        assertThat(rcpt("ant@elsewhere.example")).startsWith("451 4.3.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"elk..@example.com", "elk..-request@example.com", "elk..-bounces+a..b=c.example@example.com"})
    void takesWhatMailmanHasAndJamesCouldNotHold(String address) {
        assertThat(rcpt(address)).isEqualTo("250 2.1.5 <" + address + "> recipient ok");
        client.ask("DATA");
        assertThat(client.ask(MESSAGE + "."))
                .as("the reply names it as it came")
                .startsWith("250 2.0.0 <" + address + "> queued as ");
    }

    @Test
    void takesTheLongestAddressAndRefusesALongerOne() {
        String longest = "ant-bounces+" + "x".repeat(510 - 12 - 12) + "@example.com";

        assertThat(rcpt(longest)).startsWith("250 2.1.5");
        assertThat(rcpt("x" + longest)).isEqualTo("501 5.5.4 say RCPT TO:<address>");
    }

    @Test
    void takesAThousandRecipientsAndAsksForTheRestInAnotherTransaction() {
        int count = LmtpRcptCmdHandler.MAX_RECIPIENTS;
        client.send("RCPT TO:<ant@example.com>\r\n".repeat(count + 2));

        assertThat(client.replies(count)).allMatch("250 2.1.5 <ant@example.com> recipient ok"::equals);
        assertThat(client.replies(2))
                .allMatch("452 4.5.3 too many recipients, send the rest in another transaction"::equals);
        client.ask("DATA");
        client.send(MESSAGE + ".\r\n");
        assertThat(client.replies(count)).allMatch(reply -> reply.startsWith("250 2.0.0 <ant@example.com> queued as "));
        assertThat(site.queued("in")).hasSize(count);
    }

    @Nested
    class WithHooksOfTheAdmins {
        @BeforeEach
        void addHooks() {
            restartTransaction(another()
                    .withHook(new RecipientHook())
                    .withHook(new NobodyIsLocal())
                    .withHook(new NoRelaying()));
        }

        @Test
        void showsThemTheRecipientAndHowManyWereTakenBefore() {
            rcpt("ant@example.com");
            rcpt("bee@example.com");
            rcpt("no-such-list@example.com");
            rcpt("ANT@example.com");
            rcpt("ant-owner@example.com");

            assertThat(recipientsThatHooksSaw)
                    .containsExactly(
                            "anne@example.com ant@example.com after 0",
                            "anne@example.com bee@example.com after 1",
                            "anne@example.com ANT@example.com after 1",
                            "anne@example.com ant-owner@example.com after 2");
        }

        @Test
        void honoursARefusal() {
            assertThat(rcpt("bee@example.com")).isEqualTo("450 4.7.1 greylisted");
            assertThat(client.ask("DATA")).startsWith("503 5.5.1");
        }

        @Test
        void takesNoRecipientThatAHookBreaksOn() {
            assertThat(rcpt("cat@lists.example.org")).startsWith("451 ");
            assertThat(client.ask("DATA")).startsWith("503 5.5.1");
            assertThat(rcpt("ant@example.com")).startsWith("250");
            assertThat(deliver()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ant@example.com", "ant@example.net", "dog@lists.example.org"})
        void doesNotAskJamesWhetherAListIsALocalUserOrMayBeRelayedTo(String list) {
            assertThat(rcpt(list)).startsWith("250 2.1.5");
        }

        @Test
        void doesNotTroubleThemWithAnAddressThatIsNoLists() {
            assertThat(rcpt("no-such-list@example.com")).startsWith("550 5.1.1");
            assertThat(recipientsThatHooksSaw).isEmpty();
        }
    }

    @Nested
    class WhereOtherRecipientsAreLeftToJames {
        @BeforeEach
        void leaveThem() {
            restartTransaction(another()
                    .withOtherRecipientsLeftToJames()
                    .withHook(new RecipientHook())
                    .withHook(new NobodyIsLocal())
                    .withHook(new NoRelaying()));
        }

        @Test
        void asksJamesForALocalUser() {
            assertThat(rcpt("no-such-list@example.com")).startsWith("550 5.1.1 Unknown user");
        }

        @Test
        void asksJamesWhetherItRelays() {
            assertThat(rcpt("someone@elsewhere.example"))
                    .isEqualTo("550 5.7.1 Requested action not taken: relaying denied");
        }

        @Test
        void takesAListWithoutAskingEither() {
            assertThat(rcpt("ant@example.net")).startsWith("250 2.1.5");
        }

        @Test
        void showsTheRecipientToAnAdminsHooks() {
            rcpt("no-such-list@example.com");

            assertThat(recipientsThatHooksSaw).containsExactly("anne@example.com no-such-list@example.com after 0");
        }
    }
}
