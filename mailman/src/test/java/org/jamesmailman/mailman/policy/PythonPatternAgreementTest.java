// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.policy.PythonPattern.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pattern that we run matches just what Python's {@code re.match} matches. A failure prints the seed;
 * {@code -Dmailman.patterns.seed=N} runs it again, {@code -Dmailman.patterns.count=N} more of them.
 */
class PythonPatternAgreementTest {
    private static final int COUNT = Integer.getInteger("mailman.patterns.count", 6000);
    private static final long SEED = Long.getLong("mailman.patterns.seed", System.nanoTime());
    private static final int TEXTS = 12;

    private static PythonPeer python;

    private final Random random = new Random(SEED);
    private int malformed;
    private int knownMalformed;
    private int endless;
    private int translated;
    private int matching;

    @BeforeAll
    static void startPython() {
        python = PythonPeer.start("pattern-peer.py");
    }

    @AfterAll
    static void stopPython() {
        python.close();
    }

    @Test
    void matchesWhatPythonMatches() {
        PatternGenerator generator = new PatternGenerator(random);
        for (int i = 0; i < COUNT; i++) {
            compare(
                    generator.pattern(),
                    Stream.generate(generator::text).limit(TEXTS).toList());
        }
        int wellFormed = COUNT - malformed;
        System.out.printf(
                "seed %d: %d patterns, %d malformed (%d known to be), %d without end in Python; %d translated (%d%% of the well-formed), %d matches%n",
                SEED, COUNT, malformed, knownMalformed, endless, translated, 100 * translated / wellFormed, matching);
        assertThat(translated).as("translated, seed %d", SEED).isGreaterThan(wellFormed * 9 / 10);
        assertThat(knownMalformed).as("malformed, seed %d", SEED).isGreaterThan(malformed / 2);
        assertThat(matching).as("matches, seed %d", SEED).isGreaterThan(translated);
    }

    @Test
    void knowsOfEveryCharacterThatItKnowsWhatItsCategoriesAre() {
        String known = known(character -> true);
        JsonNode pythons = python.ask(Map.of("categories", known));
        for (String category : List.of("d", "w", "s")) {
            PythonPattern pattern = PythonPattern.of("\\" + category, false);
            PythonPattern opposite = PythonPattern.of("[\\" + category.toUpperCase(Locale.ROOT) + "]", true);
            int[] characters = known.codePoints().toArray();
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < characters.length; i++) {
                String text = Character.toString(characters[i]);
                boolean belongs = pythons.get(category).get(i).asBoolean();
                if ((pattern.match(text) == Result.MATCHES) != belongs
                        || (opposite.match(text) == Result.MATCHES_NOT) != belongs) {
                    wrong.add(String.format("U+%04X", characters[i]));
                }
            }
            assertThat(wrong).as("\\%s", category).isEmpty();
        }
    }

    @Test
    void ignoresTheCaseOfEveryCharacterThatItKnowsAsPythonDoes() {
        String cased = known(character -> Character.toUpperCase(character) != Character.toLowerCase(character));
        List<String> wrong = new ArrayList<>();
        JsonNode pythons = python.ask(Map.of("literals", cased, "text", cased)).get("found");
        for (int i = 0; i < cased.length(); i++) {
            PythonPattern pattern = PythonPattern.of(cased.substring(i, i + 1), true);
            PythonPattern set = PythonPattern.of("[" + cased.charAt(i) + "]", true);
            Set<Integer> expected = new HashSet<>();
            pythons.get(i).forEach(index -> expected.add(index.asInt()));
            for (int k = 0; k < cased.length(); k++) {
                Result wanted = expected.contains(k) ? Result.MATCHES : Result.MATCHES_NOT;
                String text = cased.substring(k, k + 1);
                if (pattern.match(text) != wanted || set.match(text) != wanted) {
                    wrong.add(cased.charAt(i) + " on " + text);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String known(IntPredicate which) {
        return IntStream.rangeClosed(0, 0x1FFFF)
                .filter(KnownCharacters::contain)
                .filter(which)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Each with texts that tell it from its near relations. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^.*@example\\.com$",
                "^[^@]+@(.*\\.)?spam\\.example$",
                "^(?:anne|bart)\\+?.*@",
                "^.+@\\d+\\.\\w{2,4}$",
                "^bad\\.guy\\+.*@example\\.(org|net)",
                "^[a-z]{3,5}[0-9]*@",
                "^\\S+@\\S+$",
                "^a|b",
                "^$",
                "^",
                "^()",
                "^(a|)*b",
                "^[-a]",
                "^[a-]",
                "^[\\w.-]+@",
                "^[^a-k]",
                "^[A-z]",
                "^a{2}$",
                "^(a{1,2}){2}$",
                "^a.b",
                "^\\W",
                "^.*-request@"
            })
    void runsWhatListOwnersWrite(String pattern) {
        compare(
                pattern,
                List.of(
                        "",
                        "a",
                        "b",
                        "A",
                        "K",
                        "k",
                        "aa",
                        "aaa",
                        "aaaaa",
                        "a\tb",
                        "_",
                        "-",
                        "anne@example.com",
                        "bart+x@example.com",
                        "x@spam.example",
                        "x@a.spam.example",
                        "bad.guy+1@example.org",
                        "abc12@x",
                        "x y@z",
                        "x@12.com",
                        "x@y-request@z",
                        "ANNE@EXAMPLE.COM",
                        "[",
                        "\\",
                        "^",
                        "`"));
        assertThat(translated).as(pattern).isEqualTo(1);
    }

    /** What another engine would read in another way, or at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[[:alpha:]]",
                "^[[:alpha:]]$",
                "^a{,2}$",
                "^\\Qa.b\\E",
                "^\\pL",
                "^\\p{L}",
                "^a\\z",
                "^(?<n>a)",
                "^(?i)a",
                "(?i)^a",
                "^a++",
                "^a*+",
                "^a?+",
                "^(?>a)",
                "^(?P<n>a)",
                "^(a)\\1",
                "^(?=a)",
                "^(?!a)",
                "^(?<=a)",
                "^\\ba",
                "^\\Ba",
                "^\\Aa",
                "^a\\Z",
                "^\\C",
                "^\\x41",
                "^\\x{41}",
                "^\\u0041",
                "^\\101",
                "^\\0",
                "^\\a",
                "^\\h",
                "^[\\b]",
                "^[\\d-z]",
                "^[\\w-a]",
                "^[a-\\d]",
                "^[\\D-z]",
                "^[z-a]",
                "^[]",
                "^[^]",
                "^[]a]",
                "^[a",
                "^(a",
                "^a)",
                "^a\\",
                "^a**",
                "^a+*",
                "^a{2}{3}",
                "^a{2}*",
                "^*",
                "^+a",
                "^(*a)",
                "^(|*)",
                "^$*",
                "^a{1001}",
                "^a{2,1}",
                "^a{x}",
                "^a{",
                "^a}",
                "^a]",
                "^x{99999999999}",
                "^[a&&b]",
                "^[a--b]",
                "^[a||b]",
                "^[a~~b]",
                "^[[a]",
                "^(?#c)a",
                "^(?x)a b",
                "^(?s:.)",
                "^(?-i:a)",
                "^(?(1)a)",
                "^\\N{DIGIT ONE}",
                "^\\Gx",
                "^\\Kx",
                "^\\Rx",
                "^\u00e4",
                "^\ta"
            })
    void neverContradictsPythonOnATrap(String pattern) {
        compare(
                pattern,
                List.of(
                        "", "a", "aa", "aaa", "b", "z", "-", "5", "A", "a]", "l]", ":]", "[", "[a", "a{", "a{x}",
                        "a{,2}", "a}", "a&", "a|", "a~", "x", "\b", "Q", "pL", "p{L}", "a\n", "a b", "&&b]", "]", "a.b",
                        "b]"));
    }

    private void compare(String pattern, List<String> texts) {
        JsonNode python = PythonPatternAgreementTest.python.ask(Map.of("pattern", pattern, "texts", texts));
        String which = "seed " + SEED + ": " + pattern;
        PythonPattern caseSensitive = PythonPattern.of(pattern, false);
        PythonPattern ignoringCase = PythonPattern.of(pattern, true);
        List<Result> sensitive = texts.stream().map(caseSensitive::match).toList();
        List<Result> ignoring = texts.stream().map(ignoringCase::match).toList();
        List<Result> searched = texts.stream().map(ignoringCase::search).toList();
        if (python.has("malformed")) {
            malformed++;
            boolean byError = python.get("malformed").asText().equals("error");
            knownMalformed += sensitive.get(0) == Result.MALFORMED ? 1 : 0;
            for (List<Result> results : List.of(sensitive, ignoring, searched)) {
                assertThat(results)
                        .as(which)
                        .allMatch(result -> result == Result.CANNOT_TELL || (byError && result == Result.MALFORMED));
            }
            return;
        }
        assertThat(sensitive).as(which).doesNotContain(Result.MALFORMED);
        assertThat(ignoring).as(which).doesNotContain(Result.MALFORMED);
        translated += sensitive.contains(Result.MATCHES) || sensitive.contains(Result.MATCHES_NOT) ? 1 : 0;
        if (python.has("endless")) {
            endless++;
            return;
        }
        compare(which, texts, sensitive, python.get("match"));
        compare(which + " ignoring case", texts, ignoring, python.get("ignoring"));
        compare(which + " searched", texts, searched, python.get("search"));
    }

    private void compare(String which, List<String> texts, List<Result> ours, JsonNode pythons) {
        IntStream.range(0, texts.size())
                .filter(i -> ours.get(i) != Result.CANNOT_TELL)
                .forEach(i -> {
                    boolean matches = pythons.get(i).asBoolean();
                    matching += matches ? 1 : 0;
                    assertThat(ours.get(i) == Result.MATCHES)
                            .as(which + " on <" + texts.get(i) + ">")
                            .isEqualTo(matches);
                });
    }
}
