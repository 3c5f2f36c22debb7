// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages that are made to be dear: each grows with its size in the one thing that it is named for. */
final class HostileMessages {
    private static final int DEEPEST = MimeLimits.DEFAULTS.depth() - 1;

    private HostileMessages() {}

    /** One of each kind, of about this many octets. */
    static Map<String, byte[]> of(int size) {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        messages.put("one line", octets("Subject: x\r\n\r\n" + "x".repeat(size)));
        messages.put("one line of dashes", octets(multipart() + "-".repeat(size)));
        messages.put("one header line", octets("Subject: " + "x".repeat(size) + "\r\n\r\n"));
        messages.put("blank lines", octets("Subject: x\r\n\r\n" + repeated("\r\n", size)));
        messages.put("bare carriage returns", octets("Subject: x\r\n\r\n" + "\r".repeat(size)));
        messages.put("header fields", octets(repeated("X: y\r\n", size) + "\r\n"));
        messages.put("continuation lines", octets("Subject: x\r\n" + repeated(" x\r\n", size) + "\r\n"));
        messages.put("encoded words", octets("From: " + repeated("=?utf-8?q?x?=\r\n ", size) + "x\r\n\r\n"));
        messages.put("begun encoded words", octets("From: " + repeated("=?", size) + "\r\n\r\n"));
        messages.put("parameters", octets("Content-Type: multipart/x; " + repeated("a*1=b;", size) + "\r\n\r\n"));
        messages.put("quotes", octets("Content-Type: multipart/x; boundary=" + repeated("\\\"", size) + "\r\n\r\n"));
        messages.put("parts", octets(multipart() + repeated("--b\r\n\r\n", size) + "--b--\r\n"));
        messages.put("parts of parts", octets(multipart() + repeated("--b\r\n" + multipart(), size)));
        messages.put(
                "report blocks",
                octets("Content-Type: message/delivery-status\r\n\r\n" + repeated("A: b\r\n\r\n", size)));
        messages.put("levels", octets(repeated("Content-Type: message/rfc822\r\n\r\n", size)));
        messages.put("lines within many boundaries", octets(nested() + repeated("--nearly\r\n", size)));
        messages.put(
                "lines like long boundaries",
                octets(longBoundaries() + repeated("--" + "x".repeat(900) + "\r\n", size)));
        messages.put("base64", octets("Content-Transfer-Encoding: base64\r\n\r\n" + repeated("YWJj\r\n", size)));
        messages.put(
                "quoted-printable",
                octets("Content-Transfer-Encoding: quoted-printable\r\n\r\n" + repeated("=\r\n", size)));
        return messages;
    }

    private static String multipart() {
        return "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    }

    /** As many boundaries open as may be. */
    private static String nested() {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < DEEPEST; level++) {
            text.append("Content-Type: multipart/mixed; boundary=nearly").append(level);
            text.append("\r\n\r\n--nearly").append(level).append("\r\n");
        }
        return text + "\r\n";
    }

    private static String longBoundaries() {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < DEEPEST; level++) {
            String boundary = "x".repeat(900) + level;
            text.append("Content-Type: multipart/mixed;\r\n boundary=").append(boundary);
            text.append("\r\n\r\n--").append(boundary).append("\r\n");
        }
        return text + "\r\n";
    }

    private static String repeated(String text, int size) {
        return text.repeat(Math.max(1, size / text.length()));
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
