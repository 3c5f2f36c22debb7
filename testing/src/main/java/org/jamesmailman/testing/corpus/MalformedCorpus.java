// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.CorpusMessage.mailWithoutId;
import static org.jamesmailman.testing.corpus.Octets.crlf;
import static org.jamesmailman.testing.corpus.Octets.mime;
import static org.jamesmailman.testing.corpus.Octets.withHeaders;

import java.util.List;

/**
 * Messages that Mailman's LMTP runner refuses for a defect that its parser finds at the top level (Python's
 * {@code email/errors.py}). Stateless.
 */
final class MalformedCorpus {
    private static final String MIXED = "Content-Type: multipart/mixed; boundary=\"b\"";

    private MalformedCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mailWithoutId("no-header-at-all", crlf("This is no header.\n\nHi\n")),
                mail("line-without-colon", withHeaders("colon", "this is no header\r\n")),
                mail("header-name-with-blank", withHeaders("blank", "X Odd: v\r\n")),
                mail("header-name-8-bit", withHeaders("name8", "S\u00fcbject: v\r\n")),
                mail("header-name-missing", withHeaders("noname", ": v\r\n")),
                mailWithoutId("continuation-first", crlf(" continued\nSubject: x\n\nHi\n")),
                mail("mbox-line-within", withHeaders("mbox", "From anne Thu Jan  1 12:00:00 2026\r\nX-More: v\r\n")),
                mail("mbox-line-quoted", ">From anne Thu Jan  1 12:00:00 2026\r\n" + withHeaders("mboxq", "")),
                mail("bare-cr-in-header", withHeaders("cr", "Subject: one\rtwo\r\n")),
                mail("multipart-without-boundary", mime("nob", "Content-Type: multipart/mixed", "Text\n")),
                mail(
                        "multipart-with-empty-boundary",
                        mime("b0", "Content-Type: multipart/mixed; boundary=\"\"", "T\n")),
                mail("multipart-never-started", mime("start", MIXED, "Text without any boundary\n")),
                mail("multipart-empty", mime("empty", MIXED, "")),
                mail("multipart-never-closed", mime("close", MIXED, "--b\n\nText\n")),
                mail(
                        "multipart-in-base64",
                        mime("cte", MIXED + "\nContent-Transfer-Encoding: base64", "--b\n\nT\n--b--\n")));
    }
}
