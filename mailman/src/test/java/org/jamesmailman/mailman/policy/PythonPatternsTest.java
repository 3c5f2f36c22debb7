// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jamesmailman.mailman.policy.PythonPattern.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPatternsTest {
    private final PythonPatterns patterns = new PythonPatterns();

    @Test
    void matchesFromTheStartOfTheTextAndNotToItsEnd() {
        assertThat(patterns.match("^anne", "anne@example.com")).isEqualTo(Result.MATCHES);
        assertThat(patterns.match("^example", "anne@example.com")).isEqualTo(Result.MATCHES_NOT);
        assertThat(patterns.match("^a|example", "anne@example.com")).isEqualTo(Result.MATCHES);
        assertThat(patterns.match("^b|example", "anne@example.com"))
                .as("re.match holds the second alternative to the start, too")
                .isEqualTo(Result.MATCHES_NOT);
    }

    @Test
    void respectsOrIgnoresTheCase() {
        assertThat(patterns.match("^ANNE", "anne@example.com")).isEqualTo(Result.MATCHES_NOT);
        assertThat(patterns.matchIgnoringCase("^ANNE", "anne@example.com")).isEqualTo(Result.MATCHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k\u0131ss@example.com", "\u017fam@example.com", "anne\n", "\u212a@example.com"})
    void leavesATextToPythonThatIsOddInCaseOrEnd(String text) {
        assertThat(patterns.match("^.*$", text)).isEqualTo(Result.CANNOT_TELL);
        assertThat(patterns.matchIgnoringCase("^.*$", text)).isEqualTo(Result.CANNOT_TELL);
    }

    @Test
    void leavesATextLongerThanAnyAddressToPython() {
        assertThat(patterns.match("^x*$", "x".repeat(256))).isEqualTo(Result.MATCHES);
        assertThat(patterns.match("^x*$", "x".repeat(257))).isEqualTo(Result.CANNOT_TELL);
    }

    /** On each of these a backtracking engine takes longer than anybody will wait. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a*)*$",
                "^(a|a)*$",
                "^(a|aa)+$",
                "^((a*)*)*$",
                "^(.*)*(.*)*(.*)*!$",
                "^(a?){200}a{200}b$",
                "^([a-z]+)*[a-z]+@$",
                "^(a*?)*?b$",
                "^(\\w+\\s?)*$",
            })
    void runsAHostilePatternInTimeLinearInTheText(String pattern) {
        assertThat(patterns.match(pattern, "a".repeat(255) + "#")).isEqualTo(Result.MATCHES_NOT);
        assertThat(patterns.matchIgnoringCase(pattern, "a".repeat(255) + "#")).isEqualTo(Result.MATCHES_NOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(((x{30}){30}){30})",
                "^x{1000}y{1000}z",
                "^(x{1000}){2}$",
                "^(abcdefghij){500}",
                "^((((((((((x{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}",
                "^x{1001}",
                "^x{0,2147483648}"
            })
    void leavesAPatternToPythonThatIsLargeWhenItIsWrittenOut(String pattern) {
        assertThat(patterns.match(pattern, "x")).isEqualTo(Result.CANNOT_TELL);
    }

    @Test
    void runsAPatternThatIsOfAnyReasonableSize() {
        assertThat(patterns.match("^x{1000}$", "x")).isEqualTo(Result.MATCHES_NOT);
        assertThat(patterns.match("^(x{25}){10}$", "x".repeat(250))).isEqualTo(Result.MATCHES);
        assertThat(patterns.match("^" + "x?".repeat(499), "x")).isEqualTo(Result.MATCHES);
    }

    @Test
    void leavesALongOrADeepPatternToPython() {
        assertThat(patterns.match("^" + "x".repeat(1_000), "x")).isEqualTo(Result.CANNOT_TELL);
        assertThat(patterns.match("^" + "(".repeat(50) + "x" + ")".repeat(50), "x"))
                .isEqualTo(Result.MATCHES);
        assertThat(patterns.match("^" + "(".repeat(51) + "x" + ")".repeat(51), "x"))
                .isEqualTo(Result.CANNOT_TELL);
        assertThat(patterns.match("^" + "(".repeat(900), "x")).isEqualTo(Result.CANNOT_TELL);
    }
}
