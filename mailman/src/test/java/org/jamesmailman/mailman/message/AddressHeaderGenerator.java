// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Makes the headers that Mailman looks for senders in: as mail clients write them, and as nobody should. */
final class AddressHeaderGenerator {
    private static final String[] NAMES = {"From", "from", "FROM", "Reply-To", "Sender", "sender"};
    private static final String[] TOKENS = {
        "a@b.org",
        "anne@example.com",
        "Anne",
        "\"Doe, Anne\"",
        "<",
        ">",
        "<a@b.org>",
        "@",
        ".",
        ",",
        ", ",
        ":",
        ";",
        "(",
        ")",
        "(c)",
        "[",
        "]",
        "\"",
        "\\",
        "\\\"",
        " ",
        "\t",
        "\r\n ",
        "\n\t",
        "x",
        "b.org",
        "[1.2.3.4]",
        "é",
        "\u000b",
        "\u001c",
        "=?",
        "?=",
        "?q?",
        "?B?",
        "=?utf-8?q?",
        "=20",
        "=?utf-8?q?=C3=A9?=",
        "=?UTF-8?B?w6k=?=",
        "=?utf-8?q?_?=",
        "=?utf-8?q?=2C?=",
        "=?utf-8?q??=",
        "=?us-ascii?q?x?=",
        "=?ascii?Q?y?=",
        "=?iso-8859-1?q?=E9?=",
        "=?latin-1?q?z?=",
        "=?latin1?q?z?=",
        "=?utf-8?b?w6?=",
        "=?utf-8?b?w?=",
        "=?utf-8?b?w=6k=?=",
        "=?utf-8?q?=FF?=",
        "=?utf-8*en?q?x?=",
        "=?x-unknown?q?x?=",
        "=?koi8-r?B?0MU=?=",
        "=?windows-1252?q?=81?=",
        "=?windows-1252?q?=93?=",
        "=?utf-8?q?=3Ca=40b=2Eorg=3E?=",
        "=?iso-2022-jp?B?GyRCJDMbKEI=?=",
        "=?utf-8?q?a@b.org?=",
        "=?utf-8?q?\u000b?=",
        "=?utf-8?q?=E2=84=AA@b.org?=",
        "=?utf-8?q?ki=C5=BF=C5=BF@b.org?=",
        "=?utf-8?q?=C4=B0@b.org?=",
        "''",
        "A.B@C.Org"
    };
    private static final String[] WORDS = {"Anne", "O'Neil", "d.", "Müller", "Ærø", "李", "Δημήτρης", "🙂", "Person"};

    private final Random random;

    AddressHeaderGenerator(Random random) {
        this.random = random;
    }

    /** A field of any kind, ISO-8859-1. */
    String field() {
        return pick(NAMES) + ":" + pick(" ", "", "\t") + (random.nextInt(3) == 0 ? ordinaryValue() : oddValue());
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String oddValue() {
        StringBuilder value = new StringBuilder(random.nextBoolean() ? ordinaryValue() : "");
        for (int i = random.nextInt(9); i > 0; i--) {
            int at = random.nextInt(value.length() + 1);
            value.insert(
                    random.nextInt(3) == 0 ? at : value.length(), random.nextInt(20) == 0 ? oddBase64() : pick(TOKENS));
        }
        return value.toString();
    }

    private String oddBase64() {
        StringBuilder word = new StringBuilder("=?iso-8859-1?b?");
        for (int i = random.nextInt(14); i > 0; i--) {
            word.append(pick("A", "b", "9", "+", "/", "=", "=", "-", " ", "_"));
        }
        return word.append("?=").toString();
    }

    /** One or more mailboxes as a mail client writes them: nobody may hesitate over it. */
    String ordinaryValue() {
        StringBuilder value = new StringBuilder(ordinaryMailbox());
        while (random.nextInt(5) == 0) {
            value.append(pick(",", ", ", ",\r\n ")).append(ordinaryMailbox());
        }
        return value.toString();
    }

    private String ordinaryMailbox() {
        String address =
                pick("anne", "B.Person", "bounce+x=y", "o'neil") + "@" + pick("example.com", "Lists.Example.ORG");
        String name = pick(WORDS) + " " + pick(WORDS);
        return switch (random.nextInt(5)) {
            case 0 -> address;
            case 1 -> "<" + address + ">";
            case 2 -> "\"" + pick("Doe, Anne", "A (B) C", "a@b", "it\\\"s") + "\" <" + address + ">";
            case 3 -> base64(name) + pick(" ", "\r\n ", "") + "<" + address + ">";
            default -> quotedPrintable(name) + " <" + address + ">";
        };
    }

    private static String base64(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static String quotedPrintable(String text) {
        StringBuilder word = new StringBuilder("=?utf-8?Q?");
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            word.append(octet == ' ' ? "_" : String.format("=%02X", octet & 0xFF));
        }
        return word.append("?=").toString();
    }
}
