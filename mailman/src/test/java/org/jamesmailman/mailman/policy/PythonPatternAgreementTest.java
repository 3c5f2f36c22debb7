// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.policy.PythonPatterns.Result;
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
    private final PythonPatterns patterns = new PythonPatterns();
    private int malformed;
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
                "seed %d: %d patterns, %d malformed, %d without end in Python; %d translated (%d%% of the well-formed), %d matches%n",
                SEED, COUNT, malformed, endless, translated, 100 * translated / wellFormed, matching);
        assertThat(translated).as("translated, seed %d", SEED).isGreaterThan(wellFormed / 2);
        assertThat(matching).as("matches, seed %d", SEED).isGreaterThan(translated);
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
        List<Result> sensitive =
                texts.stream().map(text -> patterns.match(pattern, text)).toList();
        List<Result> ignoring = texts.stream()
                .map(text -> patterns.matchIgnoringCase(pattern, text))
                .toList();
        if (python.has("malformed")) {
            malformed++;
            assertThat(sensitive).as(which).containsOnly(Result.CANNOT_TELL);
            assertThat(ignoring).as(which).containsOnly(Result.CANNOT_TELL);
            return;
        }
        translated += sensitive.contains(Result.MATCHES) || sensitive.contains(Result.MATCHES_NOT) ? 1 : 0;
        if (python.has("endless")) {
            endless++;
            return;
        }
        compare(which, texts, sensitive, python.get("match"));
        compare(which + " ignoring case", texts, ignoring, python.get("ignoring"));
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
