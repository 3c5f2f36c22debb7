// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Random;

/** Makes messages whose boundary is hidden in odd parameters of the Content-Type (RFC 2045 5.1, RFC 2231). */
final class ContentTypeGenerator {
    private static final String[] NAMES = {
        "boundary", "boundary", "boundary", "BOUNDARY", "Boundary", " boundary ", "name", "charset", "", "b\u00e9"
    };
    private static final String[] SUFFIXES = {
        "", "", "", "*", "*", "*0", "*0*", "*1", "*1*", "*2", "*00", "*01*", "**", "*x", "*0**", "*10", "*9"
    };
    private static final String[] VALUES = {
        "b",
        "b",
        "b",
        "\"b\"",
        "<b>",
        "\"<b>\"",
        "<\"b\">",
        "%62",
        "us-ascii''b",
        "us-ascii''%62",
        "''b",
        "''%62",
        "'b",
        "utf-8'en'b%a0",
        "iso-8859-1''b%A0",
        "iso-8859-1''%E9",
        "UTF-8''b%C2%A0",
        "x-odd''b",
        "utf-7''b",
        "b'",
        "b'c'd",
        "\\b",
        "\"b\\\\\"",
        "\"b\\\"\"",
        "b ",
        "\"b \"",
        "\"b\u001c\"",
        "\u00e9",
        "\"''\u00e9\"",
        "\"b;c\"",
        "\"b\\\";c\"",
        "\"b",
        "b\"",
        "%",
        "%6",
        "%zz",
        "",
        "\"\"",
        "b--",
        "\" b\"",
        "b\r\n c",
        "\"b\r\n\"",
        "=b",
        "b=c",
        "ascii''b",
        "us-ascii'\"'b",
        "\"\\\\\"b",
        "%22b%22",
        "''%3Cb%3E",
        "''%22b%22"
    };
    private static final String[] BODY = {
        "--b",
        "--b",
        "--b",
        "--b--",
        "--b--",
        "--<b>",
        "--b'",
        "--'b",
        "--''b",
        "--\\ufffd",
        "--b\\",
        "--\\b",
        "--b\"",
        "--us-ascii''b",
        "--%62",
        "--\"b\"",
        "--b;c",
        "--b\";c",
        "--\"b\";c",
        "--",
        "----",
        "--b----",
        "-- b",
        "--bb",
        "--%",
        "--=b",
        "--b=c",
        "--b'c'd",
        "--c",
        "--\u00e9",
        "--\u00ef\u00bf\u00bd",
        "text",
        "",
        "--d",
        "--x-odd''b",
        "--%6",
        "--zz"
    };

    private final Random random;

    ContentTypeGenerator(Random random) {
        this.random = random;
    }

    /** A message, ISO-8859-1. */
    String next() {
        StringBuilder text = new StringBuilder("Content-Type: ")
                .append(pick("multipart/mixed", "multipart/digest;", "Multipart/x "));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text.append(pick(";", "; ", ";\r\n ", " ;")).append(pick(NAMES)).append(pick(SUFFIXES));
            if (random.nextInt(12) > 0) {
                text.append(pick("=", "=", " = ")).append(pick(VALUES));
            }
        }
        text.append("\r\n\r\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pick(BODY)).append("\r\n");
        }
        return text.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
