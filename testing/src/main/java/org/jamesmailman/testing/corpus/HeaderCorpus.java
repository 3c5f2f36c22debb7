// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.Octets.crlf;
import static org.jamesmailman.testing.corpus.Octets.utf8;
import static org.jamesmailman.testing.corpus.Octets.withHeaders;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages with odd headers, all of which Mailman takes. Stateless. */
final class HeaderCorpus {
    private HeaderCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mail("plain", withHeaders("plain", "Subject: Hello\r\n")),
                mail("upper-case-headers", withHeaders("upper", "").toUpperCase(Locale.ROOT)),
                mail("lower-case-headers", withHeaders("lower", "").toLowerCase(Locale.ROOT)),
                mail("no-from", crlf("Message-ID: <no-from@example.com>\n\nWho am I?\n")),
                mail("mbox-line-first", "From anne@example.com Thu Jan  1 12:00:00 2026\r\n" + withHeaders("mbox", "")),
                mail("8-bit-subject-latin-1", withHeaders("latin", "Subject: na\u00efve caf\u00e9\r\n")),
                mail(
                        "8-bit-subject-utf-8",
                        withHeaders("utf8", "Subject: " + utf8("na\u00efve \u65e5\u672c") + "\r\n")),
                mail(
                        "8-bit-from",
                        crlf("From: J\u00fcrgen <juergen@example.com>\nMessage-ID: <8-from@example.com>\n\nHi\n")),
                mail("8-bit-in-odd-header", withHeaders("odd8", "X-Odd: \u0080\u00ff\u00a0\u0085end\r\n")),
                mail("encoded-words", withHeaders("ew", encodedWords())),
                mail("encoded-word-of-unknown-charset", withHeaders("ewx", "Subject: =?x-unknown?q?caf=E9?=\r\n")),
                mail("encoded-word-of-bad-base64", withHeaders("ewb", "Subject: =?utf-8?b?A?= =?utf-8?b?====?=\r\n")),
                mail("encoded-word-cut-short", withHeaders("ewc", "Subject: =?utf-8?q?caf=C3=A9\r\n")),
                mail("folded-subject", withHeaders("fold", "Subject: one\r\n\ttwo\r\n  three\r\n")),
                mail("folded-over-a-blank-line", withHeaders("foldb", "Subject: one\r\n \r\n two\r\n")),
                mail("folded-200-times", withHeaders("fold200", "X-Long:" + "\r\n word".repeat(200) + "\r\n")),
                mail("header-starting-folded", withHeaders("folds", "Subject:\r\n first on the next line\r\n")),
                mail("header-line-of-998", withHeaders("long", "X-Long: " + "x".repeat(990) + "\r\n")),
                mail("header-without-blank", withHeaders("tight", "Subject:tight\r\nX-Tight:\t tab\r\n")),
                mail("header-without-value", withHeaders("empty", "Subject:\r\nX-Empty: \r\n")),
                mail("header-with-trailing-blanks", withHeaders("trail", "Subject: trailing \t \r\n")),
                mail("header-name-of-odd-characters", withHeaders("name", "X-!#$%&'*+./0^_`{|}~: odd\r\n")),
                mail("header-value-of-controls", withHeaders("ctl", "Subject: a\u0001\u001b[31mred\u007f\u0008\r\n")),
                mail("header-value-of-line-breaks", withHeaders("vt", "Subject: a\u000bb\u000cc\u001cd\u001ee\r\n")),
                mail("header-value-with-nul", withHeaders("nul", "Subject: a\0b\r\n")),
                mail(
                        "headers-twice",
                        withHeaders("twice", "Subject: one\r\nSubject: two\r\nFrom: bart@example.com\r\n")),
                mail("headers-1000", withHeaders("many", received(1000))),
                mail(
                        "resent",
                        withHeaders("resent", "Resent-From: cris@example.com\r\nResent-Message-ID: <r@x.org>\r\n")),
                mail("senders-many", withHeaders("senders", senders())),
                mail(
                        "senders-obsolete",
                        withHeaders("obsolete", "Sender: <@a.example,@b.example:dave@example.com>\r\n")),
                mail("senders-none-valid", crlf("From: nobody\nSender:\nMessage-ID: <nv@example.com>\n\nHi\n")),
                mail(
                        "from-group",
                        crlf("From: Us: a@example.com, b@example.com;\nMessage-ID: <g@example.com>\n\nHi\n")),
                mail("list-headers-of-another-list", withHeaders("list", listHeaders())),
                mail("list-post-of-this-list", withHeaders("loop", "List-Post: <mailto:ant@lists.example.org>\r\n")),
                mail("approved-header", withHeaders("appr", "Approved: secret\r\n")),
                mail("mailman-control-headers", withHeaders("ctrl", "X-Ack: no\r\nPrecedence: bulk\r\n")),
                mail("automatic-reply", withHeaders("auto", "Auto-Submitted: auto-replied\r\n")),
                mail("x-mailfrom-present", withHeaders("xmf", "X-MailFrom: x@example.net\r\nx-mailfrom:\r\n")),
                mail("dkim-signature", withHeaders("dkim", dkim())));
    }

    /** What Mailman's LMTP runner takes, and its next runner stumbles over whatever the list. */
    static List<CorpusMessage> shunted() {
        return List.of(mail(
                "encoded-word-of-unknown-charset-in-from",
                crlf("From: =?x-no?q?=E9?= <a@example.com>\nMessage-ID: <ewf@example.com>\n\nHi\n")));
    }

    private static String encodedWords() {
        return crlf("""
                Subject: =?utf-8?q?caf=C3=A9?= =?iso-8859-1?Q?=E9?=
                 =?UTF-8?B?5pel5pys?= plain
                Reply-To: =?utf-8?q?J=C3=BCrgen?= <reply@example.com>
                """);
    }

    private static String received(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> "Received: from h" + i + ".example.com by mx.example.com; Thu, 1 Jan 2026 12:00:00 +0000")
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String senders() {
        return crlf("""
                Sender: "Bee, Anne" <bee@example.com>
                Reply-To: c@example.com, D <d@Example.Com>,
                 (comment) e@example.com (Eve)
                """);
    }

    private static String listHeaders() {
        return crlf("""
                List-Id: Other <other.example.net>
                List-Post: <mailto:other@example.net>
                List-Unsubscribe: <https://example.net/u?id=1>,
                 <mailto:other-leave@example.net>
                X-BeenThere: other@example.net
                Errors-To: other-bounces@example.net
                """);
    }

    private static String dkim() {
        return crlf("""
                DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;
                \tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;
                \tb=AAAA
                \t BBBB==
                Authentication-Results: mx.example.com;
                \tdkim=pass header.d=example.com
                """);
    }
}
