// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import java.nio.charset.StandardCharsets;

/** Writes octets as strings of which each character is one. Stateless. */
final class Octets {
    private Octets() {}

    /** A text block with CRLF line ends. */
    static String crlf(String lines) {
        return lines.replace("\n", "\r\n");
    }

    /** A text in UTF-8, a character for each of its octets. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A message with usual headers, more headers after them, and a one-line body. */
    static String withHeaders(String id, String moreHeaders) {
        return crlf("From: anne@example.com\nTo: ant@lists.example.org\nMessage-ID: <" + id
                        + "@example.com>\nDate: Thu, 01 Jan 2026 12:00:00 +0000\n")
                + moreHeaders
                + "\r\nThe body.\r\n";
    }

    /** A message with usual headers and a body. */
    static String withBody(String id, String body) {
        return crlf("From: anne@example.com\nTo: ant@lists.example.org\nMessage-ID: <" + id
                        + "@example.com>\nSubject: A body\n\n")
                + body;
    }

    /** A message with MIME headers of its own, and a body. */
    static String mime(String id, String mimeHeaders, String body) {
        return crlf("From: anne@example.com\nTo: ant@lists.example.org\nMessage-ID: <" + id
                + "@example.com>\nSubject: MIME\nMIME-Version: 1.0\n" + mimeHeaders + "\n\n" + body);
    }
}
