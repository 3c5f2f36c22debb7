// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes random sites and posts: a few people, all of whom have to do with each other. */
final class SiteGenerator {
    static final List<String> LISTS = List.of("ant@a.example", "bee@a.example", "cow@b.example", "dog@b.example");

    private static final List<String> PEOPLE = List.of(
            "anne@x.example",
            "bart@x.example",
            "cris@y.example",
            "dave@y.example",
            "elle@x.example",
            "fred@y.example",
            "gwen@x.example",
            "kiss@y.example",
            "ant@a.example",
            "o'hara@x.example",
            "h.i+j@y.example");
    private static final List<String> ACTIONS = List.of("hold", "reject", "discard", "accept", "defer");
    private static final List<String> PATTERNS = List.of(
            "^anne@",
            "^.*@x\\.example$",
            "^BART@.*",
            "^[a-c].*@y",
            "^[^@]+@(x|y)\\.example$",
            "^kiss",
            "^fre+d",
            "^c|bart@",
            "^.*\\.example$",
            "^nobody",
            "^(?=anne)",
            "^(",
            "^a++nne",
            "^(?i)anne",
            "^[[:alpha:]]+@",
            "^\\w{4}@x",
            "^.{4}@.{9}$",
            "^d{,2}ave",
            "^x{99999999999}",
            "^.*\\+.*@");

    private final Random random;

    SiteGenerator(Random random) {
        this.random = random;
    }

    /** A site in the words of the script that makes it. */
    Map<String, Object> site() {
        List<String> people = new ArrayList<>(PEOPLE);
        people.remove("ant@a.example");
        Collections.shuffle(people, random);
        List<List<String>> users = new ArrayList<>();
        for (int from = 0;
                from < people.size() - 2 && random.nextInt(5) > 0;
                from += users.get(users.size() - 1).size()) {
            users.add(List.copyOf(people.subList(from, Math.min(people.size(), from + 1 + random.nextInt(3)))));
        }
        List<Map<String, Object>> lists = new ArrayList<>();
        LISTS.forEach(name -> lists.add(list(name, users)));
        return Map.of(
                "domains",
                List.of("a.example", "b.example"),
                "users",
                users,
                "bans",
                random.nextInt(4) == 0 ? bans() : List.of(),
                "lists",
                lists);
    }

    private Map<String, Object> list(String name, List<List<String>> users) {
        Map<String, Object> list = new HashMap<>();
        list.put("name", name);
        list.put("settings", settings());
        list.put("members", memberships(random.nextInt(4)));
        list.put("nonmembers", memberships(random.nextInt(5)));
        list.put(
                "preferred",
                users.stream()
                        .filter(user -> random.nextInt(6) == 0)
                        .map(user -> Arrays.asList(user.get(0), action()))
                        .toList());
        list.put("bans", random.nextInt(3) == 0 ? bans() : List.of());
        list.put(
                "headerMatches",
                random.nextInt(12) == 0 ? List.of(Arrays.asList("subject", "hello", null)) : List.of());
        return list;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("default_member_action", random.nextInt(20) == 0 ? null : pick(ACTIONS));
        settings.put("default_nonmember_action", random.nextInt(20) == 0 ? null : pick(ACTIONS));
        for (String kind : List.of("accept", "hold", "reject", "discard")) {
            if (random.nextInt(3) == 0) {
                settings.put(kind + "_these_nonmembers", legacy());
            }
        }
        if (random.nextInt(15) == 0) {
            settings.put("emergency", true);
        }
        if (random.nextInt(15) == 0) {
            settings.put("moderator_password", "{plaintext}secret");
        }
        if (random.nextInt(20) == 0) {
            settings.put("autorespond_postings", pick(List.of("respond_and_continue", "respond_and_discard")));
        }
        if (random.nextInt(20) == 0) {
            settings.put("posting_chain", pick(List.of("accept", "discard", "default-owner-chain")));
        }
        return settings;
    }

    private List<List<String>> memberships(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.asList(pick(PEOPLE), action()))
                .toList();
    }

    private String action() {
        return random.nextBoolean() ? null : pick(ACTIONS);
    }

    private List<String> bans() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> random.nextInt(3) == 0 ? pick(PATTERNS) : changeCase(pick(PEOPLE)))
                .toList();
    }

    private List<String> legacy() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> switch (random.nextInt(5)) {
                    case 0, 1 -> pick(PATTERNS);
                    case 2 -> "@" + pick(LISTS);
                    default -> changeCase(pick(PEOPLE));
                })
                .toList();
    }

    /** The header of a post, with its last line end, and a body. */
    String message(String postingAddress) {
        StringBuilder message = new StringBuilder();
        for (String name : List.of("From", "Reply-To", "Sender", "FROM")) {
            if (random.nextInt(name.equals("From") ? 15 : 3) > (name.equals("From") ? 0 : 1)) {
                message.append(name).append(": ").append(addresses()).append("\r\n");
            }
        }
        if (random.nextInt(12) == 0) {
            message.append("List-Post: ")
                    .append(pick(List.of(
                            postingAddress,
                            " " + changeCase(postingAddress) + " ",
                            "<mailto:" + postingAddress + ">",
                            pick(LISTS),
                            "\u00e4")))
                    .append("\r\n");
        }
        if (random.nextInt(12) == 0) {
            message.append(pick(List.of(
                            "Approved: secret",
                            "X-Ack: \u00e4",
                            "Precedence: bulk",
                            "Precedence: \u00e4",
                            "X-Ack: no",
                            "Subject: \u00e4",
                            "Subject: =?no-such?q?x?=",
                            "Approve: wrong")))
                    .append("\r\n");
        }
        return message.append("Subject: hello\r\n\r\n")
                .append(random.nextInt(12) == 0 ? "Approved: secret\r\n\r\n" : "")
                .append("Hello.\r\n")
                .toString();
    }

    /** A reverse-path; empty for the null one. */
    String reversePath() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "bounces@z.example";
            case 2 -> changeCase(pick(PEOPLE));
            default -> pick(PEOPLE);
        };
    }

    private String addresses() {
        StringBuilder addresses = new StringBuilder(address());
        while (random.nextInt(5) == 0) {
            addresses.append(pick(List.of(", ", ",\r\n\t"))).append(address());
        }
        return addresses.toString();
    }

    private String address() {
        String address = random.nextInt(8) == 0 ? "stranger@z.example" : pick(PEOPLE);
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> "Some Body <" + address + ">";
            case 4 -> "\"Body, Some\" <" + address + ">";
            case 5 -> "=?utf-8?q?J=C3=BCrgen?= <" + address + ">";
            case 6 -> address + " (Some Body)";
            case 7 -> address + " (Body, Some)";
            case 8 -> changeCase(address);
            case 9 -> "=?no-such?q?x?= <" + address + ">";
            case 10 -> "J\u00fcrgen <" + address + ">";
            case 11 -> "friends: " + address + ";";
            case 12 -> "nonsense";
            default -> address;
        };
    }

    private String changeCase(String text) {
        if (random.nextInt(4) > 0) {
            return text;
        }
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
