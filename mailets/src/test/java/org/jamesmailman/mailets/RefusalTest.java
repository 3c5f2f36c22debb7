// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailets.MailFixture.MESSAGE;
import static org.jamesmailman.mailets.MailFixture.addresses;

import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private final List<MailImpl> sent = new ArrayList<>();
    private final List<String> errorMessages = new ArrayList<>();
    private boolean queueIsBroken;

    /** James's context as far as a refusal needs it; FakeMailContext keeps no error message. */
    private MailetContext context() {
        return (MailetContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailetContext.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("sendMail") || arguments.length != 2) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    if (queueIsBroken) {
                        throw new MessagingException("the spool is full");
                    }
                    MailImpl copy = (MailImpl) arguments[0];
                    assertThat(copy.getMessage().getSize())
                            .as("the copy's message")
                            .isPositive();
                    errorMessages.add(copy.getErrorMessage());
                    sent.add(copy);
                    return null;
                });
    }

    private static MailImpl mail(String... recipients) throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .sender("anne@example.com")
                .addRecipients(recipients)
                .state("root")
                .build();
        mail.setMessageContent(MimeMessageInputStreamSource.create(
                "mail-1", new ByteArrayInputStream(MESSAGE.getBytes(StandardCharsets.ISO_8859_1))));
        return mail;
    }

    @Test
    void tellsTheProcessorWhyAndLetsTheCopyGoWhenJamesHasIt() throws MessagingException {
        MailImpl mail = mail("ant@example.com", "carl@elsewhere.example");

        new Refusal(context(), "error").divert(mail, List.of(new MailAddress("ant@example.com")), "no");

        assertThat(errorMessages).containsExactly("no");
        assertThat(sent).singleElement().satisfies(copy -> {
            assertThat(copy.getName()).isNotEqualTo("mail-1");
            assertThat(copy.getMessage()).as("disposed of").isNull();
        });
        assertThat(mail.getErrorMessage()).isNull();
        assertThat(mail.getMessage()).isNotNull();
        assertThat(addresses(mail.getRecipients())).containsExactly("carl@elsewhere.example");
    }

    @Test
    void keepsTheRecipientsWhenTheCopyCannotBeSent() throws MessagingException {
        queueIsBroken = true;
        MailImpl mail = mail("ant@example.com", "carl@elsewhere.example");
        Refusal refusal = new Refusal(context(), "error");
        List<MailAddress> refused = List.of(new MailAddress("ant@example.com"));

        assertThatThrownBy(() -> refusal.divert(mail, refused, "no")).hasMessage("the spool is full");
        assertThat(mail.getRecipients()).hasSize(2);
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void takesARecipientOutWhateverItsCase() throws MessagingException {
        MailImpl mail = mail("ANT@example.com", "carl@elsewhere.example");

        Refusal.remove(mail, List.of(new MailAddress("ant@example.com")));

        assertThat(addresses(mail.getRecipients())).containsExactly("carl@elsewhere.example");
    }

    @Test
    void endsAMailWithoutRecipients() throws MessagingException {
        MailImpl mail = mail("ant@example.com");

        Refusal.remove(mail, List.of(new MailAddress("ant@example.com")));

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void doesNothingForNobody() throws MessagingException {
        MailImpl mail = mail("ant@example.com");

        new Refusal(context(), "error").divert(mail, List.of(), "no");

        assertThat(mail.getState()).isEqualTo("root");
        assertThat(sent).isEmpty();
    }
}
