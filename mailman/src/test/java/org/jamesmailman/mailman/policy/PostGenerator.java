// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes random posts of the people of {@link SiteGenerator}. */
final class PostGenerator {
    /** What is odd about a post, so that the table of rules leaves it to Mailman. */
    enum Oddity {
        /** A sender header that Pythons read differently, that does not decode, or of a charset that is not common. */
        SENDER,
        /** Something like an Approved header or line. */
        APPROVED
    }

    /**
     * A post.
     *
     * @param content ISO-8859-1
     * @param reversePath empty for the null one
     */
    record Generated(String content, String reversePath, Set<Oddity> oddities) {}

    private static final List<String> APPROVED = List.of(
            "Approved: secret",
            "approve: wrong",
            "X-Approved: secret",
            "x-approve:",
            "APPROVED: secret",
            "Approved: \u00e4");

    private final Choices choices;
    private final MatchedValues values;
    private final Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);

    PostGenerator(Random random) {
        this.choices = new Choices(random);
        this.values = new MatchedValues(choices);
    }

    Generated post(String postingAddress) {
        oddities.clear();
        List<String> fields = new ArrayList<>();
        addSenders(fields);
        addMatched(fields);
        addOdd(fields, postingAddress);
        Collections.shuffle(fields, choices.random());
        String content = String.join("\r\n", fields) + "\r\n" + entity(2);
        return new Generated(content, reversePath(), EnumSet.copyOf(withNone()));
    }

    private Set<Oddity> withNone() {
        return oddities.isEmpty() ? EnumSet.noneOf(Oddity.class) : oddities;
    }

    private void addSenders(List<String> fields) {
        for (String name : List.of("From", "Reply-To", "Sender", "FROM")) {
            if (name.equals("From") ? !choices.oneIn(15) : choices.oneIn(3)) {
                fields.add(name + ": " + addresses());
            }
        }
        fields.add("X-Mailer: x");
    }

    private void addMatched(List<String> fields) {
        for (String name : SiteGenerator.HEADERS.subList(0, 4)) {
            while (choices.oneIn(2)) {
                fields.add(choices.changeCase(name) + ": " + values.value());
            }
        }
    }

    private void addOdd(List<String> fields, String postingAddress) {
        if (choices.oneIn(12)) {
            fields.add("List-Post: "
                    + choices.of(List.of(
                            postingAddress,
                            " " + choices.changeCase(postingAddress) + " ",
                            "<mailto:" + postingAddress + ">",
                            choices.of(SiteGenerator.LISTS),
                            "\u00e4")));
        }
        if (choices.oneIn(20)) {
            oddities.add(Oddity.APPROVED);
            fields.add(choices.of(APPROVED));
        }
        if (choices.oneIn(3)) {
            fields.add("Message-ID: "
                    + choices.of(List.of(
                            "<1@x.example>", "2@x.example", " <3@x.example> ", "<4\r\n @x.example>", "", "<>")));
        }
        if (choices.oneIn(12)) {
            fields.add(choices.of(List.of(
                    "X-Ack: \u00e4",
                    "Precedence: bulk",
                    "Precedence: \u00e4",
                    "X-Ack: no",
                    "X-MailFrom: anne@x.example",
                    "Message-ID-Hash: SPAM",
                    "X-Message-ID-Hash: yes",
                    "MIME-Version: 1.0")));
        }
    }

    /** The rest of a header, a blank line, and what follows it. */
    private String entity(int depth) {
        return switch (depth == 0 ? 0 : choices.below(8)) {
            case 5 -> multipart(depth);
            case 6 -> "Content-Type: message/rfc822\r\n\r\n" + partFields() + entity(depth - 1);
            case 7 ->
                "Content-Type: message/delivery-status\r\n\r\n" + partFields() + "\r\n" + partFields() + "\r\n"
                        + approvedLine();
            default -> text();
        };
    }

    private String multipart(int depth) {
        String boundary = "b" + depth;
        StringBuilder parts = new StringBuilder("Content-Type: multipart/")
                .append(choices.of(List.of("mixed", "alternative", "digest", "report")))
                .append("; boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\npreamble\r\n");
        for (int i = choices.below(3); i >= 0; i--) {
            parts.append("--")
                    .append(boundary)
                    .append("\r\n")
                    .append(partFields())
                    .append(entity(depth - 1))
                    .append("\r\n");
        }
        return parts.append("--")
                .append(boundary)
                .append("--\r\nApproved: in the epilogue\r\n")
                .toString();
    }

    private String partFields() {
        StringBuilder fields = new StringBuilder();
        while (choices.oneIn(3)) {
            fields.append(choices.of(SiteGenerator.HEADERS.subList(0, 4)))
                    .append(": ")
                    .append(values.value())
                    .append("\r\n");
        }
        return fields.toString();
    }

    private String text() {
        String type = choices.of(List.of(
                "",
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: text/plain; charset=utf-8\r\n",
                "Content-Type: text/plain; charset=\"iso-8859-1\"\r\n",
                "Content-Type: text/plain; charset=us-ascii; format=flowed\r\n",
                "Content-Type: text/html; charset=utf-8\r\n",
                "Content-Type: TEXT/Plain; charset=gb2312\r\n"));
        String text = blank() + approvedLine() + "Hello.\r\n";
        return switch (choices.below(8)) {
            case 0 ->
                type + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1)) + "\r\n";
            case 1 ->
                type + "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n"
                        + text.replace("p", choices.of(List.of("p", "=70", "p=\r\n")))
                                .replace("\u00a0", "=A0");
            case 2 -> type + "Content-Transfer-Encoding: base64\r\n\r\n" + text;
            case 3 -> type + "Content-Transfer-Encoding: 8bit\r\n\r\n" + text;
            default -> type + "\r\n" + text;
        };
    }

    private String blank() {
        return choices.oneIn(4) ? choices.of(List.of("\r\n", " \r\n\r\n", "\t", "\u000b", "\u00a0\r\n", "\f\r\n")) : "";
    }

    private String approvedLine() {
        if (!choices.oneIn(25)) {
            return "";
        }
        oddities.add(Oddity.APPROVED);
        return choices.of(APPROVED) + "\r\n\r\n";
    }

    private String reversePath() {
        return switch (choices.below(6)) {
            case 0 -> "";
            case 1 -> "bounces@z.example";
            case 2 -> choices.changeCase(choices.of(SiteGenerator.PEOPLE));
            default -> choices.of(SiteGenerator.PEOPLE);
        };
    }

    private String addresses() {
        StringBuilder addresses = new StringBuilder(address());
        while (choices.oneIn(5)) {
            addresses.append(choices.of(List.of(", ", ",\r\n\t"))).append(address());
        }
        return addresses.toString();
    }

    private String address() {
        String address = choices.oneIn(8) ? "stranger@z.example" : choices.of(SiteGenerator.PEOPLE);
        return switch (choices.below(24)) {
            case 0, 1, 2, 3 -> "Some Body <" + address + ">";
            case 4 -> "\"Body, Some\" <" + address + ">";
            case 5 -> "=?utf-8?q?J=C3=BCrgen?= <" + address + ">";
            case 6 -> "=?utf-8?b?SsO8cmdlbg==?= <" + address + ">";
            case 7 -> address + " (Some Body)";
            case 8 -> choices.changeCase(address);
            case 9 -> "friends: " + address + ";";
            case 10 -> "nonsense";
            case 11 -> "J\u00fcrgen <" + address + ">";
            case 12 -> choices.oneIn(3) ? oddAddress(address) : address;
            default -> address;
        };
    }

    private String oddAddress(String address) {
        oddities.add(Oddity.SENDER);
        return choices.of(List.of(
                address + " (Body, Some)",
                "=?no-such?q?x?= <" + address + ">",
                "=?utf-8?b?x?= <" + address + ">",
                "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?= <" + address + ">",
                address + ",",
                "bart@x.example <" + address + ">",
                address + " (open"));
    }
}
