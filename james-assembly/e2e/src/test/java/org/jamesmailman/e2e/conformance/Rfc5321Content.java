// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inMessage;
import static org.jamesmailman.e2e.conformance.Talk.post;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;

/** SMTP that LMTP inherits: the message. */
// Error Prone cannot see that a check has no state; and what is on the wire stands here as it is there.
@SuppressWarnings({"ImmutableEnumChecker", "StringConcatToTextBlock"})
enum Rfc5321Content implements Clause {
    DOTS(
            "4.5.2",
            "the dot that is added to a line with a dot at its start is taken away",
            "250.*, queued as sent",
            keeps(".\r\n..\r\n.x\r\n...\r\n x.\r\n")),

    LONE_DOT(
            "4.5.2",
            "a dot at the start of a line with more on it is taken away, doubled or not",
            "250.*, queued as sent",
            inMessage(
                    talk -> talk.rest(POST + ".x\r\n.\r\n") + ", " + talk.site().queuedOf(bytes(POST + "x\r\n")))),

    DOT_AT_THE_START(
            "4.5.2",
            "the first line of a message is no exception",
            "(250.*, queued as sent|554.*, nothing queued)",
            greeted(talk -> {
                byte[] message = bytes(".From: anne@example.com\r\n\r\nHi\r\n");
                return talk.deliver(message, "ant-owner@" + Site.DOMAIN) + ", "
                        + talk.site().queuedOf(message);
            })),

    EMPTY_MESSAGE(
            "4.1.1.4",
            "a message may be empty: the dot comes at once",
            "(250|550|554)[^,]*",
            inMessage(talk -> talk.rest(".\r\n"))),

    LF_DOT_LF(
            "4.1.1.4",
            "a dot between bare LFs does not end the message",
            Patterns.REFUSED_OR_CONTENT,
            smuggled("\n.\n")),

    LF_DOT_CRLF("4.1.1.4", "nor does one behind a bare LF", Patterns.REFUSED_OR_CONTENT, smuggled("\n.\r\n")),

    CRLF_DOT_LF("4.1.1.4", "nor does one before a bare LF", Patterns.REFUSED_OR_CONTENT, smuggled("\r\n.\n")),

    CR_DOT_CR(
            "4.1.1.4",
            "a dot between bare CRs does not end the message",
            "250[^,]*, queued as sent",
            keeps("Hi\r.\rMAIL FROM:<eve@example.com>\r\n")),

    CRLF_DOT_CR(
            "4.1.1.4",
            "nor does one between CRLF and a bare CR",
            "250[^,]*, queued as sent",
            keeps("Hi\r\n.\rMAIL FROM:<eve@example.com>\r\n")),

    LINES("4.5.3.1.6", "a line of 1,000 octets is kept", "250.*, queued as sent", keeps("x".repeat(998) + "\r\n")),

    LONGER_LINES(
            "4.5.3.1.6",
            "a line of 1,002 octets is kept, or the message is refused",
            "(250[^,]*, queued as sent|5\\d\\d[^,]*, nothing queued)",
            keeps("x".repeat(1_000) + "\r\n")),

    VERY_LONG_LINES(
            "4.5.3.1.6",
            "a line of 50,000 octets is kept, or the message is refused, by one reply",
            "(250[^,]*, queued as sent|5\\d\\d[^,]*, nothing queued)",
            keeps("x".repeat(50_000) + "\r\n")),

    LARGE_MESSAGE(
            "4.5.3.1.7",
            "a message of 64 KiB is taken",
            "250.*, queued as sent",
            keeps(("x".repeat(70) + "\r\n").repeat(900))),

    NOTHING_ADDED(
            "2.3.9",
            "the message is delivered as it came: no header of it is changed or folded anew",
            "250.*, queued as sent",
            greeted(talk -> {
                byte[] message = bytes("from:anne@example.com\r\nSubject:  a\tb  \r\n\tfolded \r\nX-Eight: \u00e4\r\n"
                        + "Message-Id:<1@example.com>\r\n\r\nHi \t\r\n");
                return talk.deliver(message, Site.OPEN) + ", " + talk.site().queuedOf(message);
            })),

    TRACE("4.4", "a Received: line is put before the message", "Received", greeted(talk -> {
        talk.deliver(bytes(POST), Site.OPEN);
        return talk.site().headers().get(0).replaceAll(":(?s).*", "");
    })),

    RETURN_PATH(
            "4.4",
            "who delivers finally keeps the reverse-path with the message",
            "X-MailFrom: anne@example.com",
            greeted(talk -> {
                talk.deliver(bytes(POST), Site.OPEN);
                return talk.site().headers().stream()
                        .filter(header -> header.startsWith("X-MailFrom"))
                        .findFirst()
                        .orElse("nothing");
            })),

    CUT_OFF("4.1.1.4", "a message whose end does not come is not delivered", "nothing queued", inMessage(talk -> {
        talk.send(POST).endOfInput();
        return talk.site().queuedOf(bytes(POST));
    }));

    /** What comes after a body with this in it, and what is queued. */
    private static Check keeps(String body) {
        return greeted(
                talk -> talk.deliver(post(body), Site.OPEN) + ", " + talk.site().queuedOf(post(body)));
    }

    /** What comes after a message with this false end in it, and a transaction behind that. */
    private static Check smuggled(String end) {
        String behind = "MAIL FROM:<eve@example.com>\r\n" + rcpt(Site.OPEN) + "\r\n";
        byte[] whole = bytes(POST + "Hi" + end.replace("\r\n.", "\r\n") + behind);
        return inMessage(talk -> talk.rest(POST + "Hi" + end + behind + ".\r\n")
                + ", "
                + talk.site().queuedOf(whole));
    }

    /** What may be seen of a message with a bare LF: it is all content, or the server hangs up. */
    private interface Patterns {
        String REFUSED_OR_CONTENT = "(5\\d\\d[^,]*, (closed, )?nothing queued|250[^,]*, queued as sent)";
    }

    private final Definition definition;

    Rfc5321Content(String section, String sentence, String kept, Check check) {
        definition = new Definition("RFC 5321 " + section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
