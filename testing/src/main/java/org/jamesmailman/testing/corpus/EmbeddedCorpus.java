// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.CorpusMessage.mailWithoutId;
import static org.jamesmailman.testing.corpus.Octets.crlf;
import static org.jamesmailman.testing.corpus.Octets.mime;

import java.util.List;

/** Messages about or around other messages, reports among them, all of which Mailman takes. Stateless. */
final class EmbeddedCorpus {
    private static final String INNER =
            "From: bart@example.com\nMessage-ID: <inner@example.com>\nSubject: Inner\n\nHi\n";

    private EmbeddedCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mail("rfc822", mime("rfc822", "Content-Type: message/rfc822", INNER)),
                mail("rfc822-in-rfc822", mime("rfc822b", "Content-Type: message/rfc822", inRfc822(INNER))),
                mail("rfc822-in-base64", mime("rfc822c", rfc822("base64"), "RnJvbTogYUBleGFtcGxlLmNvbQ0KDQpIaQ0K\n")),
                mail("rfc822-in-8-bit", mime("rfc822d", rfc822("8bit"), "Subject: \u00e9\n\nna\u00efve\n")),
                mail("rfc822-empty", mime("rfc822e", "Content-Type: message/rfc822", "")),
                mail("rfc822-broken", mime("rfc822f", "Content-Type: message/rfc822", "no header\n\nHi\n")),
                mail("partial", mime("partial", "Content-Type: message/partial; id=\"x\"; number=1; total=2", INNER)),
                mail("external-body", mime("ext", external(), "Content-Type: image/gif\n\nphantom\n")),
                mail("delivery-status-notice", mime("dsn", report("delivery-status"), deliveryStatus())),
                mail("delivery-status-alone", mime("dsn1", "Content-Type: message/delivery-status", statusFields())),
                mail("delivery-status-8-bit", mime("dsn8", report("delivery-status"), smtpUtf8Status())),
                mailWithoutId(
                        "delivery-status-notice-without-id",
                        mime("x", report("delivery-status"), deliveryStatus())
                                .replace("Message-ID: <x@example.com>\r\n", "")),
                mailWithoutId("plain-bounce", plainBounce()),
                mail("disposition-notification", mime("mdn", report("disposition-notification"), disposition())),
                mail("feedback-report", mime("arf", report("feedback-report"), feedback())));
    }

    private static String rfc822(String encoding) {
        return "Content-Type: message/rfc822\nContent-Transfer-Encoding: " + encoding;
    }

    private static String inRfc822(String message) {
        return "From: cris@example.com\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + message;
    }

    private static String external() {
        return "Content-Type: message/external-body; access-type=URL;\n URL=\"https://example.com/a.gif\"";
    }

    private static String report(String type) {
        return "Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=" + type + "; boundary=\"r\"";
    }

    private static String statusFields() {
        return """
                Reporting-MTA: dns; mx.example.com
                Arrival-Date: Thu, 1 Jan 2026 12:00:00 +0000

                Final-Recipient: rfc822; bart@example.com
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 <bart@example.com>: unknown

                Final-Recipient: rfc822; cris@example.com
                Action: delayed
                Status: 4.2.2
                """;
    }

    private static String deliveryStatus() {
        return "--r\nContent-Type: text/plain\n\nSorry.\n\n--r\nContent-Type: message/delivery-status\n\n"
                + statusFields() + "\n--r\nContent-Type: message/rfc822\n\n" + INNER + "\n--r--\n";
    }

    private static String smtpUtf8Status() {
        return """
                --r

                D\u00e9sol\u00e9.
                --r
                Content-Type: message/delivery-status

                Reporting-MTA: dns; m\u00fc.example

                Final-Recipient: utf-8; j\u00fc@example.com

                --r
                Content-Type: text/rfc822-headers

                Subject: x
                --r--
                """;
    }

    private static String disposition() {
        return """
                --r

                Read.
                --r
                Content-Type: message/disposition-notification

                Reporting-UA: x
                Final-Recipient: rfc822;anne@example.com
                Disposition: manual-action; displayed

                --r--
                """;
    }

    private static String feedback() {
        return """
                --r

                Spam.
                --r
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1

                --r
                Content-Type: message/rfc822

                """ + INNER + "--r--\n";
    }

    private static String plainBounce() {
        return crlf("""
                From: MAILER-DAEMON (Mail Delivery System)
                To: ant-bounces@lists.example.org
                Subject: Undelivered Mail Returned to Sender

                <bart@example.com>: unknown user
                """);
    }
}
