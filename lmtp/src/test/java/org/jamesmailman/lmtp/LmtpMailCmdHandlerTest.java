// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LmtpMailCmdHandlerTest extends OnTheWire {
    private static final HookResult DENIED = HookResult.builder()
            .hookReturnCode(HookReturnCode.deny())
            .smtpReturnCode("550")
            .smtpDescription("5.7.1 not you")
            .build();

    private final List<MaybeSender> sendersThatHooksSaw = Collections.synchronizedList(new ArrayList<>());

    /** An admin's hook. */
    private final class SenderHook implements MailHook {
        @Override
        public HookResult doMail(SMTPSession session, MaybeSender sender) {
            sendersThatHooksSaw.add(sender);
            return switch (sender.asString("")) {
                case "denied@example.com" -> DENIED;
                case "broken@example.com" -> throw new IllegalStateException("the hook is broken");
                default -> HookResult.DECLINED;
            };
        }
    }

    @Override
    LmtpServerFixture configure(LmtpServerFixture plain) {
        return plain.withMaxSize(1_000).withHook(new SenderHook());
    }

    @Test
    void wantsLhloFirst() {
        try (RawClient hasty = server.connect()) {
            assertThat(hasty.ask("MAIL FROM:<anne@example.com>")).isEqualTo("503 5.5.1 say LHLO first");
            hasty.ask("LHLO client.example");
            assertThat(hasty.ask("MAIL FROM:<anne@example.com>")).isEqualTo("250 2.1.0 sender ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anne@example.com",
                "",
                "Anne+Detail@EXAMPLE.com",
                "\"anne elk\"@example.com",
                "a..b@docomo.example",
                ".a.@docomo.example",
                "anne@[192.0.2.1]",
                "anne@under_score.example",
                "postmaster"
            })
    void keepsTheReversePathAsTheClientGaveIt(String reversePath) {
        assertThat(client.ask("MAIL FROM:<" + reversePath + ">")).isEqualTo("250 2.1.0 sender ok");
        client.ask("RCPT TO:<ant@example.com>");
        client.ask("DATA");
        client.ask(MESSAGE + ".");

        assertThat(mailets.deliveries()).singleElement().satisfies(delivery -> assertThat(
                        delivery.transaction().reversePath())
                .isEqualTo(reversePath));
    }

    @Test
    void takesTheRouteOffTheReversePath() {
        client.ask("MAIL FROM:<@relay.example:anne@example.com>");
        client.ask("RCPT TO:<ant@example.com>");
        client.ask("DATA");
        client.ask(MESSAGE + ".");

        assertThat(mailets.deliveries()).singleElement().satisfies(delivery -> assertThat(
                        delivery.transaction().reversePath())
                .isEqualTo("anne@example.com"));
    }

    @Test
    void refusesASecondSenderAndKeepsTheFirst() {
        client.ask("MAIL FROM:<anne@example.com>");

        assertThat(client.ask("MAIL FROM:<bart@example.com>")).isEqualTo("503 5.5.1 the sender has been given already");
        assertThat(client.ask("MAIL FROM:")).startsWith("503 5.5.1");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("250");
        client.ask("DATA");
        client.ask(MESSAGE + ".");

        assertThat(mailets.deliveries()).singleElement().satisfies(delivery -> assertThat(
                        delivery.transaction().reversePath())
                .isEqualTo("anne@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "LHLO client.example"})
    void takesANewSenderAfter(String command) {
        client.ask("MAIL FROM:<anne@example.com>");
        client.ask("RCPT TO:<ant@example.com>");

        assertThat(client.ask(command)).startsWith("250");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503");
        assertThat(client.ask("MAIL FROM:<bart@example.com>")).startsWith("250");
        assertThat(client.ask("DATA")).isEqualTo("503 5.5.1 no valid recipients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL",
                "MAIL FROM",
                "MAIL FROM:",
                "MAIL FROM:anne@example.com",
                "MAIL FROM:<anne@example.com",
                "MAIL TO:<anne@example.com>"
            })
    void refusesWhatIsNoReversePathAndGoesOn(String command) {
        assertThat(client.ask(command)).isEqualTo("501 5.5.4 say MAIL FROM:<address>");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1 say MAIL first");
        assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE=1000, 250 2.1.0",
        "size=0, 250 2.1.0",
        "SIZE=00000000000000001000, 552 5.3.4",
        "SIZE=1001, 552 5.3.4",
        "SIZE=9223372036854775808, 552 5.3.4",
        "SIZE=99999999999999999999, 552 5.3.4",
        "SIZE=999999999999999999999, 501 5.5.4",
        "SIZE=-1, 501 5.5.4",
        "SIZE=+1, 501 5.5.4",
        "SIZE=1k, 501 5.5.4",
        "SIZE=, 501 5.5.4",
        "SIZE, 501 5.5.4",
        "BODY=7BIT, 250 2.1.0",
        "body=8bitmime, 250 2.1.0",
        "BODY=8BITMIME SIZE=12, 250 2.1.0",
        "BODY=BINARYMIME, 501 5.5.4",
        "BODY=, 501 5.5.4",
        "BODY, 501 5.5.4",
        "SMTPUTF8, 555 5.5.4",
        "AUTH=<>, 555 5.5.4",
        "RET=FULL, 555 5.5.4",
        "SIZE=12 ENVID=x, 555 5.5.4",
        "=, 555 5.5.4",
        "SIZE=10 SIZE=20, 501 5.5.4",
        "body=7BIT BODY=7BIT, 501 5.5.4"
    })
    void honoursTheParametersThatItAnnouncesAndRefusesOthers(String parameters, String reply) {
        assertThat(client.ask("MAIL FROM:<anne@example.com> " + parameters)).startsWith(reply + " ");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith(reply.startsWith("250") ? "250" : "503");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<anne\relk@example.com>",
                "MAIL FROM:<anne\0@example.com>",
                "MAIL FROM:<anne@example.com> x\rdrop\0=1"
            })
    void refusesACommandWithControlCharactersAndGoesOn(String command) {
        assertThat(client.ask(command)).isEqualTo("500 5.5.2 a command has no control characters");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1 say MAIL first");
        assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
    }

    @Test
    void refusesAReversePathThatIsNotAscii() {
        assertThat(client.ask("MAIL FROM:<gr\u00fc\u00dfe@example.com>"))
                .isEqualTo("553 5.6.7 the address is not ASCII, and SMTPUTF8 is not served here");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1 say MAIL first");
    }

    @Test
    void namesTheParameterThatItDoesNotKnowInOneLine() {
        assertThat(client.ask("MAIL FROM:<anne@example.com> x-drop=1"))
                .isEqualTo("555 5.5.4 the MAIL parameter X-DROP is not known");
        assertThat(client.ask("MAIL FROM:<anne@example.com> " + "y".repeat(7_000)))
                .hasSizeLessThan(510);
    }

    @Test
    void showsTheSenderToAnAdminsHooks() {
        client.ask("MAIL FROM:<anne@example.com>");
        client.ask("RSET");
        client.ask("MAIL FROM:<>");
        client.ask("RSET");
        client.ask("MAIL FROM:<a..b@docomo.example>");

        assertThat(sendersThatHooksSaw)
                .extracting(MaybeSender::asString)
                .containsExactly("anne@example.com", "<>", "<>");
    }

    @Test
    void beginsNoTransactionForASenderThatAHookDenies() {
        assertThat(client.ask("MAIL FROM:<denied@example.com>")).isEqualTo("550 5.7.1 not you");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1 say MAIL first");
        assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
    }

    @Test
    void beginsNoTransactionWhenAHookBreaks() {
        assertThat(client.ask("MAIL FROM:<broken@example.com>")).startsWith("451 ");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1 say MAIL first");
        assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
    }
}
