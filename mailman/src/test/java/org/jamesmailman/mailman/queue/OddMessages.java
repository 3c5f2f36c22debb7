// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Messages that Mailman's LMTP runner takes, each odd in one way. */
final class OddMessages {
    private static final String PLAIN = "From: anne@example.net\r\nTo: ant@example.com\r\nSubject: Ants\r\n";
    private static final String ID = "Message-ID: <ant@example.net>\r\n";

    private OddMessages() {}

    /** The messages by what is odd about them. */
    static Map<String, byte[]> all() {
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("plain", PLAIN + ID + "\r\nHello.\r\n");
        messages.put("no Message-ID", PLAIN + "\r\nHello.\r\n");
        messages.put("an empty Message-ID", PLAIN + "Message-ID:\r\n\r\nHello.\r\n");
        messages.put("a blank Message-ID", PLAIN + "Message-ID:   \r\n\r\nHello.\r\n");
        messages.put("a Message-ID without brackets", PLAIN + "Message-ID: ant@example.net \r\n\r\nHello.\r\n");
        messages.put("half a bracket", PLAIN + "Message-ID: <ant@example.net\r\n\r\nHello.\r\n");
        messages.put("a comment behind the id", PLAIN + "Message-ID: <ant@example.net> (ours)\r\n\r\nHello.\r\n");
        messages.put("a folded id", PLAIN + "Message-ID:\r\n <ant@example.net>\r\n\r\nHello.\r\n");
        messages.put("an id folded within", PLAIN + "Message-ID: <ant\r\n\t@example.net>\r\n\r\nHello.\r\n");
        messages.put("an id in capitals", PLAIN + "MESSAGE-ID: <ANT@EXAMPLE.NET>\r\n\r\nHello.\r\n");
        messages.put("two ids", PLAIN + ID + "Message-Id: <bee@example.net>\r\n\r\nHello.\r\n");
        messages.put("an encoded id", PLAIN + "Message-ID: <=?utf-8?q?=C3=A4?=@example.net>\r\n\r\nHello.\r\n");
        messages.put(
                "hashes that it brings",
                PLAIN + "Message-ID-Hash: FORGED\r\nX-Message-ID-Hash: FORGED\r\nmessage-id-hash: X\r\n" + ID
                        + "\r\nHello.\r\n");
        messages.put("hashes but no id", PLAIN + "Message-ID-Hash: FORGED\r\n\r\nHello.\r\n");
        messages.put("X-MailFrom already", PLAIN + "X-MailFrom: <>\r\nx-mailfrom: eve@example.net\r\n" + ID + "\r\n");
        messages.put("empty", "");
        messages.put("an empty line", "\r\n");
        messages.put("no body", PLAIN + ID);
        messages.put("no header", "\r\nHello.\r\n");
        messages.put("a header without a last line end", PLAIN + "X-Last: yes");
        messages.put("a body without a last line end", PLAIN + ID + "\r\nHello.");
        messages.put("empty lines at the end", PLAIN + ID + "\r\nHello.\r\n\r\n\r\n\r\n");
        messages.put("dots", PLAIN + ID + "\r\n.\r\n..\r\n.x\r\n");
        messages.put("bare LF", (PLAIN + ID + "\r\nHello.\r\nAgain.\r\n").replace("\r\n", "\n"));
        messages.put("LF among CRLF", PLAIN + "X-One: 1\n" + ID + "\r\nHello.\nAgain.\r\n");
        messages.put("a bare CR in the body", PLAIN + ID + "\r\nHel\rlo.\r\n\r.\r\r\n");
        messages.put("CR CR LF in the body", PLAIN + ID + "\r\nHello.\r\r\nAgain.\r\r\n");
        messages.put("NUL in the body", PLAIN + ID + "\r\nHel\0lo.\0\r\n\0");
        messages.put("NUL in a header", PLAIN + "X-Nul: a\0b\r\n" + ID + "\r\nHello.\r\n");
        messages.put(
                "controls",
                PLAIN + "X-Controls: \1\2\7\u001b[0m\u007f\r\n" + ID + "\r\n\u000b\f\u001c\u001d\u0085\r\n");
        messages.put("8-bit in the body", PLAIN + ID + "\r\nGr\u00fc\u00dfe \u00ff\u0080\r\n");
        messages.put(
                "8-bit declared",
                PLAIN + ID
                        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00c3\u00a4\r\n");
        messages.put(
                "8-bit in a header", "Subject: Gr\u00fc\u00dfe\r\nX-Utf8: \u00c3\u00a4\r\n" + ID + "\r\nHello.\r\n");
        messages.put("8-bit in From", "From: \u00c3\u0084nne <anne@example.net>\r\n" + ID + "\r\nHello.\r\n");
        messages.put("encoded words", "Subject: =?utf-8?b?w6Q=?= =?iso-8859-1?q?=E4?=\r\n" + ID + "\r\nHello.\r\n");
        messages.put("an unknown charset", "Subject: =?no-such?q?x?=\r\n" + ID + "\r\nHello.\r\n");
        messages.put("folded headers", PLAIN + "X-Folded: one\r\n two\r\n\t three\r\n  \r\n four\r\n" + ID + "\r\n");
        messages.put("an mbox line first", "From anne@example.net Mon Jan  1 00:00:00 2024\r\n" + PLAIN + ID + "\r\n");
        messages.put("an mbox line in the body", PLAIN + ID + "\r\nFrom here on.\r\n>From there.\r\n");
        messages.put("a repeated header", PLAIN + PLAIN + ID + "\r\nHello.\r\n");
        messages.put("a long line", PLAIN + ID + "\r\n" + "x".repeat(5000) + "\r\n");
        messages.put("a long header", PLAIN + "X-Long: " + "word ".repeat(4000) + "\r\n" + ID + "\r\n");
        messages.put("many headers", PLAIN + "X-Many: 1\r\n".repeat(2000) + ID + "\r\n");
        messages.put("a multipart", multipart("one", "two"));
        messages.put("a part with defects", multipart("one", "Content-Type: multipart/mixed\r\n\r\nno boundary"));
        messages.put("a part with bad base64", multipart("Content-Transfer-Encoding: base64\r\n\r\n%%%=\r\n"));
        messages.put(
                "a message in a message", PLAIN + ID + "Content-Type: message/rfc822\r\n\r\n" + PLAIN + "\r\nIn.\r\n");
        messages.put(
                "a delivery status",
                PLAIN + ID
                        + "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\n\r\n");
        messages.put(
                "an attachment in base64",
                PLAIN + ID + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n");
        messages.put("what looks like a pickle", PLAIN + ID + "\r\ncos\nsystem\n(S'false'\ntR.\r\n");
        Map<String, byte[]> octets = new LinkedHashMap<>();
        messages.forEach((name, text) -> octets.put(name, text.getBytes(StandardCharsets.ISO_8859_1)));
        octets.put("1 MiB of any octets", large());
        return octets;
    }

    private static String multipart(String... parts) {
        StringBuilder message =
                new StringBuilder(PLAIN + ID + "Content-Type: multipart/mixed; boundary=\"=b\"\r\n\r\n");
        message.append("preamble\r\n");
        for (String part : parts) {
            message.append("--=b\r\n")
                    .append(part.contains(":") ? "" : "\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return message + "--=b--\r\nepilogue\r\n";
    }

    private static byte[] large() {
        byte[] octets = new byte[1 << 20];
        new Random(1).nextBytes(octets);
        byte[] header = (PLAIN + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(header, 0, octets, 0, header.length);
        return octets;
    }
}
