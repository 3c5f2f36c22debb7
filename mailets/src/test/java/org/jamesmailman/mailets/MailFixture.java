// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.jamesmailman.mailman.delivery.Delivery;

/** The mails that our mailets meet. */
final class MailFixture {
    static final String ANNE = "anne@example.com";

    /** With octets above 127, which James must not change on the way. */
    static final String MESSAGE = "From: anne@example.com\r\nSubject: Grüße\r\n\r\nhoney is süß\r\n.\r\n";

    /** A multipart without a boundary. */
    static final String MALFORMED = "From: anne@example.com\r\nContent-Type: multipart/mixed\r\n\r\nhoney\r\n";

    /** Mailman 3.3.8 breaks on its Message-ID. */
    static final String HAZARDOUS = "From: anne@example.com\r\nMessage-ID: <grüße@example.com>\r\n\r\nhoney\r\n";

    /** Mailman's LMTP runner takes it, and the next one shunts it for its sender. */
    static final String SHUNTED = "From: =?x-none?q?Anne?= <anne@example.com>\r\nSubject: honey\r\n\r\nhoney\r\n";

    private MailFixture() {}

    static String messageFrom(String sender) {
        return "From: " + sender + "\r\nSubject: honey\r\n\r\nis sweet\r\n";
    }

    /** A mail in James's spool, as James keeps it. */
    static FakeMail spooled(String sender, String message, String... recipients) throws MessagingException {
        FakeMail.Builder mail = FakeMail.builder()
                .name("mail-1")
                .state("root")
                .recipients(recipients)
                .mimeMessage(new MimeMessageWrapper(MimeMessageInputStreamSource.create(
                        "mail-1", new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)))));
        return (sender.isEmpty() ? mail : mail.sender(sender)).build();
    }

    /** A mail of the LMTP side: one recipient, its delivery, and nothing to parse. */
    static FakeMail onTheWire(Delivery delivery) throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .state("root")
                .sender(ANNE)
                .recipient(delivery.recipient())
                .attribute(
                        new Attribute(AttributeName.of(Delivery.ATTRIBUTE), AttributeValue.ofUnserializable(delivery)))
                .build();
    }

    static List<String> addresses(Collection<MailAddress> recipients) {
        return recipients.stream().map(MailAddress::asString).toList();
    }
}
