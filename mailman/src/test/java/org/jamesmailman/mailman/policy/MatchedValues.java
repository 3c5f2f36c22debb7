// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Makes the values of headers that header matches look at. */
final class MatchedValues {
    private static final List<String> WORDS =
            List.of("spam", "eggs", "yes", "no", "YES", "V1agra", "score=7", "12", "a@x.example", "Spam", "x", ";");

    private static final List<String> TEXTS = List.of(
            "spam",
            "sp\u00e4m",
            "SP\u00c4M",
            "\u0441\u043f\u0430\u043c",
            "\u4e2d\u6587 spam",
            "na\u00efve eggs",
            "\u20ac 12",
            "\u00a0",
            "",
            "yes ");

    private final Choices choices;

    MatchedValues(Choices choices) {
        this.choices = choices;
    }

    /** A value, ISO-8859-1, perhaps folded. */
    String value() {
        StringBuilder value = new StringBuilder(piece());
        while (choices.oneIn(2)) {
            value.append(choices.of(List.of(" ", " ", "", "\t", "\r\n ", "\r\n\t")))
                    .append(piece());
        }
        return value.toString();
    }

    private String piece() {
        return switch (choices.below(12)) {
            case 0 -> encodedWord("utf-8", choices.of(TEXTS));
            case 1 -> encodedWord("UTF-8", choices.of(TEXTS)) + " " + encodedWord("utf-8", choices.of(TEXTS));
            case 2 -> encodedWord("iso-8859-1", choices.of(List.of("sp\u00e4m", "eggs", "yes")));
            case 3 -> choices.oneIn(3) ? "sp\u00e4m" : choices.of(WORDS);
            case 4 -> choices.oneIn(15) ? odd() : choices.of(WORDS);
            default -> choices.of(WORDS);
        };
    }

    private String encodedWord(String charset, String text) {
        byte[] octets = text.getBytes(charset.startsWith("iso") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        if (choices.oneIn(2)) {
            return "=?" + charset + "?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
        }
        StringBuilder quoted = new StringBuilder();
        for (byte octet : octets) {
            quoted.append(
                    octet == ' '
                            ? "_"
                            : octet > ' ' && octet < 'z' && octet != '=' && octet != '?' && octet != '_'
                                    ? String.valueOf((char) octet)
                                    : String.format("=%02X", octet));
        }
        return "=?" + charset + "?q?" + quoted + "?=";
    }

    /** What Mailman stumbles over, or reads by a table of its own. */
    private String odd() {
        return choices.of(List.of(
                "=?utf-8?b?x?=",
                "=?no-such?q?spam?=",
                "=?utf-8?q?=FF?=",
                "=?us-ascii?q?=E4?=",
                "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=",
                "=?gb2312?q?spam?=",
                "=?utf-8?q?=C4=B1?=",
                "=?utf-8?q?x=0A?=",
                "=?utf-8?q?=E2=84=AA?="));
    }
}
