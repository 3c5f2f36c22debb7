// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.CorpusMessage.mailWithoutId;
import static org.jamesmailman.testing.corpus.Octets.crlf;
import static org.jamesmailman.testing.corpus.Octets.utf8;
import static org.jamesmailman.testing.corpus.Octets.withBody;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Messages with odd lines and sizes, all of which Mailman takes. None has a bare LF: a server closes on it, lest it
 * takes a smuggled command for content. Stateless.
 */
final class LineCorpus {
    private LineCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mailWithoutId("empty", ""),
                mailWithoutId("one-blank-line", "\r\n"),
                mailWithoutId("no-headers", "\r\nJust a body.\r\n"),
                mail("headers-only", "Message-ID: <ho@example.com>\r\nSubject: x\r\n"),
                mail("headers-and-blank-line", "Message-ID: <hb@example.com>\r\nSubject: x\r\n\r\n"),
                mailWithoutId("one-header", "Subject: x\r\n"),
                mail("dots", withBody("dots", crlf(".\n..\n...\n.dot\n. \n"))),
                mail("dot-first", withBody("dot1", ".\r\n")),
                mail("nul-in-body", withBody("nul", "a\0b\0\r\n\0\r\n")),
                mail("bare-cr-in-body", withBody("cr", "one\rtwo\r\r\nthree\r \r\n")),
                mail("cr-dot-cr-in-body", withBody("crdot", "one\r.\rtwo\r\n")),
                mail("line-of-998-octets", withBody("l998", "x".repeat(998) + "\r\n")),
                mail("8-bit-body-latin-1", withBody("latin1", "na\u00efve caf\u00e9\r\n")),
                mail("8-bit-body-utf-8", withBody("utf8", utf8("na\u00efve \u65e5\u672c\u8a9e \ud83d\udc1c") + "\r\n")),
                mail("8-bit-body-broken-utf-8", withBody("broken", "\u00c3\r\n\u00e2\u0082\r\n\u00ff\u00fe\r\n")),
                mail("every-octet", withBody("every", everyOctet() + "\r\n")),
                mail("unicode-line-breaks", withBody("breaks", "a\u000bb\u000cc\u001cd\u001de\u001ef\u0085g\r\n")),
                mail("trailing-blanks", withBody("blanks", "a \t \r\n \r\n\t\r\n")),
                mail("blank-lines-around", withBody("around", crlf("\n\n\nmiddle\n\n\n"))),
                mail("from-lines-in-body", withBody("from", crlf("From anne\n>From anne\n>>From anne\n"))),
                mail("body-like-headers", withBody("like", crlf("Subject: not this\nMessage-ID: <no@example.com>\n"))),
                mail("100000-short-lines", withBody("short", "a\r\n".repeat(100_000))),
                mail(
                        "1-mib-of-8-bit",
                        withBody(
                                "mib",
                                "\u00e9\u00df\u0080\u00ff1234567890"
                                        .repeat(70)
                                        .concat("\r\n")
                                        .repeat(1070))),
                mail("10-mb", withBody("tenmb", tenMegabytes())));
    }

    /** But CR and LF, which have a meaning of their own. */
    private static String everyOctet() {
        return IntStream.range(0, 256)
                .filter(octet -> octet != '\r' && octet != '\n')
                .mapToObj(octet -> String.valueOf((char) octet))
                .collect(Collectors.joining());
    }

    private static String tenMegabytes() {
        StringBuilder body = new StringBuilder(10_100_000);
        for (int line = 0; body.length() < 10_000_000; line++) {
            body.append(line).append(": the quick brown fox \u00fcber den faulen Hund, again and again and again\r\n");
        }
        return body.toString();
    }
}
