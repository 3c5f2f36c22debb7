// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.lmtp.hook.DeliverToRecipientHook;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookedMessageTest extends OnTheWire {
    private static HookResult result(HookReturnCode code, String smtpCode, String text) {
        return HookResult.builder()
                .hookReturnCode(code)
                .smtpReturnCode(smtpCode)
                .smtpDescription(text)
                .build();
    }

    @Nested
    class AMessageHookOfTheAdmins {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        private final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());
        private volatile HookResult result = HookResult.DECLINED;
        private volatile Runnable trouble = () -> {};

        @BeforeEach
        void addHook() {
            restart(another().withHook(new MessageHook()));
        }

        private final class MessageHook implements JamesMessageHook {
            @Override
            public HookResult onMessage(SMTPSession session, Mail mail) {
                trouble.run();
                mails.add(mail);
                try {
                    seen.add(mail.getMaybeSender().asString() + " " + mail.getRecipients() + " "
                            + mail.getMessage().getSubject());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return result;
            }
        }

        private List<String> deliver() {
            client.startMessage("ant@example.com", "ANT@example.com", "bee-owner@example.com")
                    .send(MESSAGE + ".\r\n");
            return client.replies(3);
        }

        @Test
        void seesTheMessageOnce() {
            deliver();

            assertThat(seen)
                    .containsExactly(
                            "anne@example.com [ant@example.com, ANT@example.com, bee-owner@example.com] honey");
        }

        @Test
        void hasItsMailNoLongerThanItNeeds() throws MessagingException {
            deliver();

            assertThat(mails).hasSize(1);
            assertThat(mails.get(0).getMessage()).as("disposed of").isNull();
        }

        @Test
        void refusesItForAllRecipients() {
            result = result(HookReturnCode.deny(), "550", "5.7.1 looks like spam");

            assertThat(deliver()).allMatch("550 5.7.1 looks like spam"::equals).hasSize(3);
            assertThat(mailets.deliveries()).isEmpty();
            assertThat(site.files()).isEmpty();
            assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
        }

        @ParameterizedTest
        @CsvSource({
            "554, 'not here', 554 5.0.0 not here",
            "451, '4.7.1 later', 451 4.7.1 later",
            "451, 'later', 451 4.0.0 later",
            "451, '5.7.1 later', 451 4.0.0 5.7.1 later",
            "550, '5.7.1', '550 5.7.1 '",
            "550, '5.7', 550 5.0.0 5.7",
            "550, '5.7.1 a\rb', 550 5.7.1 a?b",
            "421, '4.3.2 closing', 421 4.3.2 closing"
        })
        void hasItsOwnWordsOnTheWireWithAnEnhancedCode(String code, String text, String reply) {
            result = result(HookReturnCode.deny(), code, text);

            assertThat(deliver()).containsOnly(reply);
        }

        @ParameterizedTest
        @CsvSource({"354, go on", "200 OK, fine", "999, what"})
        void thatSpeaksNonsenseMakesTheClientTryAgain(String code, String text) {
            result = result(HookReturnCode.deny(), code, text);

            assertThat(deliver()).containsOnly("451 4.3.0 the message could not be processed now, try again later");
            assertThat(mailets.deliveries()).isEmpty();
        }

        @Test
        void cannotPassTheMessageByTheMailets() {
            result = result(HookReturnCode.ok(), "250", "2.0.0 thanks");

            assertThat(deliver()).allMatch(reply -> reply.contains("> queued as "));
            assertThat(mailets.deliveries()).hasSize(3);
        }

        @Test
        void thatBreaksMakesTheClientTryAgain() {
            trouble = () -> {
                throw new IllegalStateException("/etc/secret is missing");
            };

            assertThat(deliver()).containsOnly("451 4.3.0 the message could not be processed now, try again later");
            assertThat(mailets.deliveries()).isEmpty();
            assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
        }

        @Test
        void thatIsMadeForAnotherJamesMakesTheClientTryAgain() {
            trouble = () -> {
                throw new NoSuchMethodError("javax.mail.internet.MimeMessage Mail.getMessage()");
            };

            assertThat(deliver()).containsOnly("451 4.3.0 the message could not be processed now, try again later");
            assertThat(mailets.deliveries()).isEmpty();
            assertThat(client.ask("MAIL FROM:<anne@example.com>")).startsWith("250");
        }
    }

    @Nested
    class ADeliveryHookOfJames {
        private final List<String> delivered = Collections.synchronizedList(new ArrayList<>());

        @BeforeEach
        void addHook() {
            restart(another().withOtherRecipientsLeftToJames().withHook(new DeliveryHook()));
        }

        private final class DeliveryHook implements DeliverToRecipientHook {
            @Override
            public HookResult deliver(SMTPSession session, MailAddress recipient, MailEnvelope envelope) {
                return switch (recipient.getLocalPart()) {
                    case "full" -> result(HookReturnCode.denySoft(), "452", "4.2.2 mailbox full");
                    case "unknown" -> HookResult.DECLINED;
                    case "broken" -> throw new IllegalStateException("/var/mail is gone");
                    case "old" -> throw new NoSuchMethodError("MailEnvelope.getSender()");
                    default -> {
                        delivered.add(recipient.asString() + " " + octets(envelope));
                        yield result(HookReturnCode.ok(), "250", "2.6.0 delivered");
                    }
                };
            }

            private static String octets(MailEnvelope envelope) {
                try (var stream = envelope.getMessageInputStream()) {
                    byte[] octets = stream.readAllBytes();
                    assertThat(envelope.getSize()).isEqualTo(octets.length);
                    return new String(octets, StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Test
        void deliversToTheRecipientsThatAreNoListsBesideTheLists() {
            client.startMessage(
                            "carl@example.com",
                            "ant@example.com",
                            "full@example.com",
                            "unknown@example.com",
                            "broken@example.com",
                            "old@example.com",
                            "bee@example.com",
                            "dora@elsewhere.example")
                    .send(MESSAGE + ".\r\n");

            List<String> replies = client.replies(8);

            assertThat(replies.get(0)).isEqualTo("250 2.6.0 delivered");
            assertThat(replies.get(1)).startsWith("250 2.0.0 <ant@example.com> queued as ");
            assertThat(replies.get(2)).isEqualTo("452 4.2.2 mailbox full");
            assertThat(replies.get(3)).startsWith("451 4.3.0 <unknown@example.com> ");
            assertThat(replies.get(4))
                    .startsWith("451 4.3.0 <broken@example.com> ")
                    .doesNotContain("/var/mail");
            assertThat(replies.get(5)).startsWith("451 4.3.0 <old@example.com> ");
            assertThat(replies.get(6)).startsWith("250 2.0.0 <bee@example.com> queued as ");
            assertThat(replies.get(7)).isEqualTo("250 2.6.0 delivered");
            assertThat(delivered).containsExactly("carl@example.com " + MESSAGE, "dora@elsewhere.example " + MESSAGE);
            assertThat(site.queued("in")).hasSize(2);
        }

        @Test
        void deliversAMessageThatIsForNoListAtAll() {
            client.startMessage("carl@example.com").send(MESSAGE + ".\r\n");

            assertThat(client.reply()).isEqualTo("250 2.6.0 delivered");
            assertThat(site.files()).isEmpty();
        }
    }
}
