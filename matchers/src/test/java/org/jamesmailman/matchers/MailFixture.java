// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

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
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.jamesmailman.mailman.delivery.Delivery;

/** The mails that matchers meet, and the words that they are asked with. */
final class MailFixture {
    /** A post that says who it is from. */
    static String messageFrom(String sender) {
        return "From: " + sender + "\r\nSubject: honey\r\n\r\nis sweet\r\n";
    }

    private MailFixture() {}

    /** A mail in James's spool, posted by Anne. */
    static FakeMail spooled(String... recipients) throws MessagingException {
        return spooledFrom("anne@example.com", recipients);
    }

    static FakeMail spooledFrom(String sender, String... recipients) throws MessagingException {
        byte[] message = messageFrom(sender).getBytes(StandardCharsets.US_ASCII);
        return FakeMail.builder()
                .name("mail-1")
                .sender(sender)
                .recipients(recipients)
                .mimeMessage(new MimeMessageWrapper(
                        MimeMessageInputStreamSource.create("mail-1", new ByteArrayInputStream(message))))
                .build();
    }

    /** A mail of the LMTP side: one recipient, its delivery, and nothing for a matcher to parse. */
    static FakeMail onTheWire(Delivery delivery) throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .sender("anne@example.com")
                .recipient(delivery.recipient())
                .attribute(
                        new Attribute(AttributeName.of(Delivery.ATTRIBUTE), AttributeValue.ofUnserializable(delivery)))
                .build();
    }

    /** A matcher with {@code match="NAME=condition"}. */
    static <M extends Matcher> M initialised(M matcher, String condition) throws MessagingException {
        matcher.init(FakeMatcherConfig.builder()
                .matcherName(matcher.getClass().getSimpleName())
                .condition(condition)
                .build());
        return matcher;
    }

    /** A matcher with {@code match="NAME"}. */
    static <M extends Matcher> M initialised(M matcher) throws MessagingException {
        return initialised(matcher, null);
    }

    static List<String> addresses(Collection<MailAddress> matched) {
        return matched.stream().map(MailAddress::asString).toList();
    }
}
