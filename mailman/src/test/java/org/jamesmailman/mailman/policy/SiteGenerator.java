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

/** Makes random sites: a few lists and a few people, all of whom have to do with each other. */
final class SiteGenerator {
    static final List<String> LISTS = List.of("ant@a.example", "bee@a.example", "cow@b.example", "dog@b.example");

    static final List<String> PEOPLE = List.of(
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

    private static final List<String> ADDRESS_PATTERNS = List.of(
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
            "^(?:gwen|elle)@",
            "^\\w{4}@x",
            "^.{4}@.{9}$",
            "^d{,2}ave",
            "^\\S+@y\\.example\\Z",
            "^\\bh\\.i",
            "^(?P<who>[[:alpha:]]+)@y",
            "^.*\\+.*@",
            "^\\x61nne@",
            "^[\\w.'+-]+@x\\.example",
            // Malformed: Mailman skips it in a legacy list, and stumbles over it in a ban.
            "^(");

    static final List<String> HEADERS =
            List.of("Subject", "X-Spam", "X-Flag", "X-Tag", "Content-Type", "X-MailFrom", "Message-ID-Hash", "From");

    private static final List<String> HEADER_PATTERNS = List.of(
            "spam",
            "^spam$",
            "yes",
            "^yes",
            "\\byes\\b",
            "viagra|v1agra",
            "(?i)SPAM",
            "sp.m",
            "sp\\Sm",
            "[\\w.-]+@x\\.example",
            "^<>$",
            "^\\s*$",
            "",
            ".",
            "\\d{2,}",
            "eggs$",
            "spam\\s+eggs",
            "spam eggs",
            "sp\u00e4m",
            "SP\u00c4M",
            "\u0441\u043f\u0430\u043c",
            "\ufffd",
            "[^\\x00-\\x7f]",
            "[\\x80-\\xff]",
            "text/html",
            "message/rfc822",
            "^[A-Z2-7]{32}$",
            "^.*$",
            "(?s)spam.*eggs",
            "(?m)^.?eggs",
            "[[:alpha:]]",
            "{5}|x",
            "score=(?:[5-9]|\\d\\d)",
            // Malformed: Mailman skips these.
            "(spam",
            "*",
            "\\Qspam\\E",
            "[z-a]");

    /** Of these Mailman alone knows what they mean. */
    private static final List<String> FOREIGN =
            List.of("^(?=anne)", "^a++nne", "^x{99999999999}", "^(a)\\1|bart", "^(?!anne)", "sp(?=am)", "^(?#ban)c");

    private final Choices choices;

    SiteGenerator(Random random) {
        this.choices = new Choices(random);
    }

    /**
     * A site.
     *
     * @param spec in the words of the script that makes it
     * @param cfg what is laid over {@code mailman.cfg}
     */
    record Site(Map<String, Object> spec, String cfg) {
        /** Whether somebody at the site wrote a pattern of which Mailman alone knows what it means. */
        boolean hasForeignPattern() {
            String all = spec.toString();
            return FOREIGN.stream().anyMatch(all::contains);
        }
    }

    Site site() {
        List<String> people = new ArrayList<>(PEOPLE);
        people.remove("ant@a.example");
        Collections.shuffle(people, choices.random());
        List<List<String>> users = new ArrayList<>();
        for (int from = 0;
                from < people.size() - 2 && !choices.oneIn(5);
                from += users.get(users.size() - 1).size()) {
            users.add(List.copyOf(people.subList(from, Math.min(people.size(), from + 1 + choices.below(3)))));
        }
        // Few sites have such patterns, lest they be in the way of all else.
        boolean foreign = choices.oneIn(6);
        List<Map<String, Object>> lists = new ArrayList<>();
        LISTS.forEach(name -> lists.add(list(name, users, foreign)));
        String cfg = cfg(foreign);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("cfg", cfg);
        spec.put("domains", List.of("a.example", "b.example"));
        spec.put("users", users);
        spec.put("bans", choices.oneIn(4) ? bans(foreign) : List.of());
        spec.put("lists", lists);
        return new Site(spec, cfg);
    }

    private String cfg(boolean foreign) {
        StringBuilder cfg = new StringBuilder("[antispam]\njump_chain: ")
                .append(
                        choices.oneIn(3)
                                ? choices.of(List.of(
                                        "reject", "discard", "accept", "Hold", "nonsense", "default-owner-chain"))
                                : "hold")
                .append("\nheader_checks:\n");
        if (choices.oneIn(3)) {
            for (String line : choices.some(() -> headerCheck(foreign))) {
                cfg.append("    ").append(line).append('\n');
            }
        }
        if (choices.oneIn(8)) {
            cfg.append("[mailman]\nsender_headers: ")
                    .append(choices.of(List.of("from", "Reply-To sender", "from_ from", "sender x-mailer")))
                    .append('\n');
        }
        return cfg.toString();
    }

    private String headerCheck(boolean foreign) {
        return switch (choices.below(12)) {
            case 0 -> "no colon";
            case 1 -> "X-Spam : spam";
            case 2 -> ": spam";
            default -> choices.of(HEADERS) + ":" + " ".repeat(choices.below(3)) + headerPattern(foreign);
        };
    }

    private Map<String, Object> list(String name, List<List<String>> users, boolean foreign) {
        Map<String, Object> list = new HashMap<>();
        list.put("name", name);
        list.put("settings", settings(foreign));
        list.put("members", memberships(choices.below(4)));
        list.put("nonmembers", memberships(choices.below(5)));
        list.put(
                "preferred",
                users.stream()
                        .filter(user -> choices.oneIn(6))
                        .map(user -> Arrays.asList(user.get(0), action()))
                        .toList());
        list.put("bans", choices.oneIn(3) ? bans(foreign) : List.of());
        list.put("headerMatches", choices.oneIn(2) ? choices.some(() -> headerMatch(foreign)) : List.of());
        return list;
    }

    private List<String> headerMatch(boolean foreign) {
        String chain = choices.oneIn(15)
                ? choices.of(List.of("defer", "nonsense", "moderation", "Reject", "default-owner-chain", ""))
                : choices.of(Arrays.asList(null, "hold", "reject", "reject", "discard", "discard", "accept"));
        return Arrays.asList(choices.changeCase(choices.of(HEADERS)), headerPattern(foreign), chain);
    }

    private String headerPattern(boolean foreign) {
        return choices.of(foreign && choices.oneIn(5) ? FOREIGN : HEADER_PATTERNS);
    }

    private String addressPattern(boolean foreign) {
        return choices.of(foreign && choices.oneIn(5) ? FOREIGN : ADDRESS_PATTERNS);
    }

    private Map<String, Object> settings(boolean foreign) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("default_member_action", choices.oneIn(20) ? null : choices.of(ACTIONS));
        settings.put("default_nonmember_action", choices.oneIn(20) ? null : choices.of(ACTIONS));
        for (String kind : List.of("accept", "hold", "reject", "discard")) {
            if (choices.oneIn(3)) {
                settings.put(kind + "_these_nonmembers", legacy(foreign));
            }
        }
        if (choices.oneIn(15)) {
            settings.put("emergency", true);
        }
        if (choices.oneIn(4)) {
            settings.put("moderator_password", "{plaintext}secret");
        }
        if (choices.oneIn(20)) {
            settings.put("autorespond_postings", choices.of(List.of("respond_and_continue", "respond_and_discard")));
        }
        if (choices.oneIn(20)) {
            settings.put("posting_chain", choices.of(List.of("accept", "discard", "default-owner-chain")));
        }
        return settings;
    }

    private List<List<String>> memberships(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.asList(choices.of(PEOPLE), action()))
                .toList();
    }

    private String action() {
        return choices.oneIn(2) ? null : choices.of(ACTIONS);
    }

    private List<String> bans(boolean foreign) {
        return choices.some(() -> choices.oneIn(3) ? addressPattern(foreign) : choices.changeCase(choices.of(PEOPLE)));
    }

    private List<String> legacy(boolean foreign) {
        return choices.some(() -> switch (choices.below(5)) {
            case 0, 1 -> addressPattern(foreign);
            case 2 -> "@" + choices.of(LISTS);
            default -> choices.changeCase(choices.of(PEOPLE));
        });
    }
}
