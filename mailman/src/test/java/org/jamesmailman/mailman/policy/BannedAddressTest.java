// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ANNE;
import static org.jamesmailman.mailman.policy.PostFixture.BART;
import static org.jamesmailman.mailman.policy.PostFixture.ant;
import static org.jamesmailman.mailman.policy.PostFixture.post;

import java.util.List;
import java.util.Set;
import org.jamesmailman.mailman.directory.Bans;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.Test;

class BannedAddressTest {
    /** Possessive, so of one meaning in Python 3.11 and of another, or none, before it. */
    private static final String UNRUNNABLE = "^a++nne";

    private final BannedAddress rule = new BannedAddress(new PythonPatterns());

    @Test
    void missesWhenNobodyIsBanned() {
        assertThat(rule.check(post(ant(), ANNE))).isEqualTo(new RuleAnswer.Miss());
        assertThat(rule.check(post(ant().bans(literals(BART)), ANNE))).isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void discardsWhomTheListOrTheSiteBans() {
        assertThat(rule.check(post(ant().bans(literals(ANNE)), ANNE))).isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(new SnapshotFixture().withSiteBans(literals(ANNE)), ant(), ANNE)))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void discardsForAnySenderThatIsBanned() {
        assertThat(rule.check(post(ant().bans(literals(BART)), ANNE, BART)))
                .isEqualTo(new RuleAnswer.Discard(BART + " is banned"));
    }

    @Test
    void neverMatchesALiteralBanInUpperCase() {
        assertThat(rule.check(post(ant().bans(literals("Anne@example.net")), ANNE)))
                .isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void matchesAPatternFromTheStartIgnoringTheCase() {
        assertThat(rule.check(post(ant().bans(patterns("^.*@EXAMPLE\\.net")), ANNE)))
                .isEqualTo(new RuleAnswer.Discard(ANNE + " is banned by the pattern ^.*@EXAMPLE\\.net"));
        assertThat(rule.check(post(new SnapshotFixture().withSiteBans(patterns("^ANNE@")), ant(), ANNE)))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(ant().bans(patterns("^nne")), ANNE))).isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void leavesToMailmanAPatternThatItCannotRun() {
        assertThat(rule.check(post(ant().bans(patterns(UNRUNNABLE)), ANNE))).isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(rule.check(post(ant().bans(patterns(UNRUNNABLE, "^anne")), ANNE)))
                .as("a malformed pattern would shunt the post before the next is tried")
                .isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @Test
    void decidesBeforeAPatternThatItCannotRunIsReached() {
        assertThat(rule.check(post(ant().bans(patterns("^anne", UNRUNNABLE)), ANNE)))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(ant().bans(new Bans(Set.of(ANNE), List.of(UNRUNNABLE))), ANNE)))
                .as("literals come first")
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(
                        new SnapshotFixture().withSiteBans(literals(ANNE)), ant().bans(patterns(UNRUNNABLE)), ANNE)))
                .as("also the site's")
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void triesThePatternsOfTheListBeforeThoseOfTheSite() {
        assertThat(rule.check(post(
                        new SnapshotFixture().withSiteBans(patterns(UNRUNNABLE)), ant().bans(patterns("^anne")), ANNE)))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(
                        new SnapshotFixture().withSiteBans(patterns("^anne")), ant().bans(patterns(UNRUNNABLE)), ANNE)))
                .isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @Test
    void finishesWithOneSenderBeforeItTurnsToTheNext() {
        assertThat(rule.check(post(ant().bans(new Bans(Set.of(BART), List.of(UNRUNNABLE))), ANNE, BART)))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(rule.check(post(ant().bans(new Bans(Set.of(BART), List.of(UNRUNNABLE))), BART, ANNE)))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void leavesToMailmanASenderThatIsNotAsciiWhenThereAreOnlyPatterns() {
        assertThat(rule.check(post(ant().bans(patterns("^kiss@")), "ki\u017f\u017f@example.net")))
                .as("Python's IGNORECASE takes the long s for an s")
                .isInstanceOf(RuleAnswer.CannotTell.class);
    }

    private static Bans literals(String... addresses) {
        return new Bans(Set.of(addresses), List.of());
    }

    private static Bans patterns(String... patterns) {
        return new Bans(Set.of(), List.of(patterns));
    }
}
