// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Random;

/** Makes regular expressions, from what list owners write to what nobody should, and texts that they may match. */
final class PatternGenerator {
    private static final List<String> LETTERS =
            List.of("a", "b", "k", "s", "A", "K", "S", "0", "_", "@", "-", " ", "i", "\u00e4", "\u00d6", "\u0436");
    private static final List<String> CLASSES = List.of(
            ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\.", "\\@", "\\-", "\\_", "\\ ", "\\+", "\\\\", "\\/",
            "\\\"", "\\{", "\\]", "\\n", "\\t", "\\x41", "\\u00e4", "\\101", "\\b", "\\A", "\\Z", "\\x0a", "\\r");
    private static final List<String> QUANTIFIERS = List.of(
            "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{0}", "{1,2}?", "{3}", "{0,0}", "{,2}", "{,}");
    private static final List<String> ODD = List.of(
            "{,2}",
            "{}",
            "{a}",
            "{2,1}",
            "{",
            "}",
            "]",
            "++",
            "*+",
            "**",
            "?+",
            "(?i)",
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?>a)",
            "(?P<n>a)",
            "(?P=n)",
            "(?#c)",
            "(?a:a)",
            "\\1",
            "\\b",
            "\\B",
            "\\A",
            "\\Z",
            "\\z",
            "\\Q",
            "\\E",
            "\\n",
            "\\t",
            "\\x41",
            "\\u0041",
            "\\101",
            "\\0",
            "\\pL",
            "\\p{L}",
            "\\C",
            "\\h",
            "\\R",
            "[[:alpha:]]",
            "[]a]",
            "[^]a]",
            "[a",
            "[z-a]",
            "[\\d-z]",
            "[a-\\d]",
            "[\\w-]",
            "[--a]",
            "[a&&b]",
            "[a||b]",
            "[a~~b]",
            "[[a]",
            "[\\s]",
            "[\\b]",
            "(",
            ")",
            "^*",
            "$*",
            "()",
            "(|a)",
            "(?:)",
            "\u00e4",
            "\t",
            "\n",
            "$",
            "^",
            "[ -~]",
            "[!-/]",
            "[:-@]",
            "[[-`]",
            "[{-~]",
            "[A-z]",
            "[Z-a]",
            "[^a-k]",
            "[^A-K]",
            "[^\\W]",
            "[\\D0]",
            "\\",
            "{1000}",
            "{1001}",
            "[\\d-]",
            "[-\\d]",
            "[a-]",
            "[a-b-k]",
            "[\\--a]",
            "[+--]",
            "[\\^a]",
            "[a^]",
            "[^^]",
            "[.]",
            "[$]",
            "[\\x80-\\xff]",
            "[^\\x00-\\x7f]",
            "[\u0410-\u044f]",
            "[^\u00c0-\u00ff]",
            "[\u4e00-\u9fa5]",
            "[\u0391-\u045f]",
            "\ufffd",
            "\u0131",
            "\u212a",
            "(?i:a)",
            "(?s:.)",
            "(?-i:a)",
            "(?P<n>",
            "(?P<n>a|b)",
            "(?z)",
            "(?",
            "(?<n>a)",
            "\\400",
            "\\08",
            "\\x4",
            "\\e",
            "\\9",
            "[\\1]",
            "[\\9]",
            "[\\A]",
            "{99999999999}",
            "[\\W]",
            "[\\S]",
            "[^\\S]",
            "[^\\D]");

    private static final String SOUP = "^$.*+?{}[]()|\\-,:=!<>aAk0sdw12 &~#PQ@";

    private final Random random;

    PatternGenerator(Random random) {
        this.random = random;
    }

    /** A pattern that in most cases starts with {@code ^}: in bans Mailman takes only such for one. */
    String pattern() {
        String start =
                switch (random.nextInt(12)) {
                    case 0 -> "(?i)";
                    case 1 -> pick(List.of("(?s)", "(?m)", "(?ims)", "(?x)", "(?a)", "(?i)(?s)", "(?im"));
                    case 2, 3 -> "";
                    default -> "^";
                };
        return start + (random.nextInt(6) == 0 ? soup() : alternatives(3));
    }

    private String soup() {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            pattern.append(SOUP.charAt(random.nextInt(SOUP.length())));
        }
        return pattern.toString();
    }

    private String alternatives(int depth) {
        StringBuilder pattern = new StringBuilder(sequence(depth));
        while (random.nextInt(4) == 0) {
            pattern.append('|').append(random.nextInt(8) == 0 ? "" : sequence(depth));
        }
        return pattern.toString();
    }

    private String sequence(int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            pattern.append(atom(depth));
            if (random.nextInt(3) == 0) {
                pattern.append(pick(QUANTIFIERS));
            }
        }
        return pattern.append(random.nextInt(6) == 0 ? "$" : "").toString();
    }

    private String atom(int depth) {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return pick(ODD);
        }
        if (kind < 6) {
            return set();
        }
        if (kind < 16 && depth > 0) {
            return (random.nextBoolean() ? "(" : "(?:") + alternatives(depth - 1) + ")";
        }
        return kind < 24 ? pick(CLASSES) : pick(LETTERS);
    }

    private String set() {
        StringBuilder set = new StringBuilder(random.nextInt(3) == 0 ? "[^" : "[");
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> set.append(pick(LETTERS)).append('-').append(pick(LETTERS));
                case 1 -> set.append(pick(CLASSES));
                case 2 -> set.append(pick(List.of("a-k", "A-S", "0-9", "a-zA-Z", "!-~", "-", "^", ".", "+", "*", ")")));
                default -> set.append(pick(LETTERS));
            }
        }
        return set.append(']').toString();
    }

    /** A text, mostly of what the patterns are made of. */
    String text() {
        StringBuilder text = new StringBuilder();
        String likely = random.nextInt(3) == 0 ? "ab" : "abksiABKSIzZ019_-@. +/\\\"{]^";
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(
                    random.nextInt(25) == 0
                            ? (char) random.nextInt(0x80)
                            : likely.charAt(random.nextInt(likely.length())));
        }
        return switch (random.nextInt(40)) {
            case 0 -> text + "\n";
            case 1, 2 -> text + "\r\n " + text;
            case 3, 4, 5 ->
                text.append("\u00e4\u00d6\ufffd\u0436\u0416\u4e2d\u00a0\u03bc\u00b2".charAt(random.nextInt(9)))
                        .append(random.nextBoolean() ? "a" : "")
                        .toString();
            default -> text.toString();
        };
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
