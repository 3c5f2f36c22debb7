// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.CorpusMessage.mailWithoutId;
import static org.jamesmailman.testing.corpus.Octets.crlf;
import static org.jamesmailman.testing.corpus.Octets.withHeaders;

import java.util.List;

/** Messages with odd Message-IDs or none, all of which Mailman takes. Stateless. */
final class MessageIdCorpus {
    private MessageIdCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mailWithoutId("id-none", crlf("From: anne@example.com\nSubject: No id\n\nHi\n")),
                mailWithoutId(
                        "id-only-resent", crlf("From: anne@example.com\nResent-Message-ID: <r@example.com>\n\nHi\n")),
                mailWithoutId(
                        "id-only-in-the-body", crlf("From: anne@example.com\n\nMessage-ID: <body@example.com>\n")),
                mail("id-folded-before", withId("\r\n <folded@example.com>")),
                mail("id-folded-before-by-a-tab", withId("\r\n\t<tab@example.com>")),
                mail("id-folded-within", withId(" <folded\r\n @example.com>")),
                mail("id-folded-after", withId(" <folded@example.com>\r\n ")),
                mail("id-empty", withId("")),
                mail("id-blank", withId("  ")),
                mail("id-of-brackets-only", withId(" <>")),
                mail("id-without-brackets", withId(" bare@example.com")),
                mail("id-with-one-bracket", withId(" <open@example.com")),
                mail("id-with-comment", withId(" <comment@example.com> (added by a relay)")),
                mail("id-with-trailing-blanks", withId(" <blanks@example.com>  ")),
                mail("id-with-encoded-word", withId(" =?utf-8?q?=3Cew=40example.com=3E?=")),
                mail("id-two-in-one", withId(" <one@example.com> <two@example.com>")),
                mail("id-two-headers", withHeaders("one", "Message-ID: <two@example.com>\r\n")),
                mail(
                        "id-three-headers",
                        withHeaders("one", "MESSAGE-ID: <2@example.com>\r\nmessage-id: <3@x.org>\r\n")),
                mail("id-upper-case-name", crlf("MESSAGE-ID: <upper@example.com>\nFrom: a@example.com\n\nHi\n")),
                mail("id-of-900", withId(" <" + "i".repeat(900) + "@example.com>")),
                mail("id-hash-present", withHeaders("hash", "Message-ID-Hash: WRONG\r\nX-Message-ID-Hash: WRONG\r\n")),
                mail(
                        "id-hash-present-thrice",
                        withHeaders("hash3", "message-id-hash: A\r\nMessage-ID-Hash: B\r\nMESSAGE-ID-HASH: C\r\n")),
                mailWithoutId("id-none-but-a-hash", crlf("From: anne@example.com\nMessage-ID-Hash: WRONG\n\nHi\n")));
    }

    private static String withId(String value) {
        return "From: anne@example.com\r\nMessage-ID:" + value + "\r\nSubject: An id\r\n\r\nHi\r\n";
    }
}
