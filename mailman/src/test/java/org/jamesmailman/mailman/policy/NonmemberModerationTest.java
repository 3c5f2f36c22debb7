// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ANNE;
import static org.jamesmailman.mailman.policy.PostFixture.BART;
import static org.jamesmailman.mailman.policy.PostFixture.ant;
import static org.jamesmailman.mailman.policy.PostFixture.post;

import java.util.List;
import org.jamesmailman.mailman.directory.ListFixture;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NonmemberModerationTest {
    private static final List<String> NOBODY = List.of();
    private static final List<String> ANNES = List.of(ANNE);
    private static final String UNRUNNABLE = "^a++nne";

    private final NonmemberModeration rule = new NonmemberModeration(new PythonPatterns());

    @ParameterizedTest
    @CsvSource({"HOLD, Accept", "ACCEPT, Accept", "REJECT, Reject", "DISCARD, Discard", "DEFER, Miss"})
    void doesWhatTheNonmembersOwnActionSays(ModerationAction action, String answer) {
        ModerationAction other =
                action == ModerationAction.DISCARD ? ModerationAction.REJECT : ModerationAction.DISCARD;
        assertThat(rule.check(post(ant().nonmember(ANNE, action).defaultNonmemberAction(other), ANNE)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"HOLD, Accept", "ACCEPT, Accept", "REJECT, Reject", "DISCARD, Discard", "DEFER, Miss"})
    void doesWhatTheListsDefaultSaysToStrangersAndNonmembersWithoutAnAction(ModerationAction action, String answer) {
        assertThat(rule.check(post(ant().defaultNonmemberAction(action), ANNE)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
        assertThat(rule.check(post(ant().nonmember(ANNE).defaultNonmemberAction(action), ANNE)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @Test
    void missesWhenAnySenderIsAMember() {
        assertThat(rule.check(post(rejecting().member(BART), ANNE, BART))).isEqualTo(new RuleAnswer.Miss());
        assertThat(rule.check(post(rejecting().member(ANNE).nonmember(ANNE, ModerationAction.DISCARD), ANNE)))
                .as("who is a nonmember, too")
                .isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void missesWhenAnotherAddressOfASendersUserIsAMember() {
        SnapshotFixture linked = new SnapshotFixture().withUser(ANNE, BART);
        assertThat(rule.check(post(linked, rejecting().member(BART), ANNE))).isEqualTo(new RuleAnswer.Miss());
        assertThat(rule.check(post(linked, rejecting(), ANNE)))
                .as("none of them is one")
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void takesTheActionOfTheFirstSenderThatHasOne() {
        assertThat(rule.check(post(
                        rejecting().nonmember(ANNE, ModerationAction.DISCARD).nonmember(BART, ModerationAction.ACCEPT),
                        ANNE,
                        BART)))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(rejecting().nonmember(BART, ModerationAction.ACCEPT), ANNE, BART)))
                .as("the first has none")
                .isEqualTo(new RuleAnswer.Accept());
    }

    @Test
    void readsTheLegacyListsInMailmansOrder() {
        assertThat(legacy(ANNES, ANNES, ANNES, ANNES))
                .as("accepting is deferring")
                .isInstanceOf(RuleAnswer.Miss.class);
        assertThat(legacy(NOBODY, ANNES, ANNES, ANNES)).isInstanceOf(RuleAnswer.Accept.class);
        assertThat(legacy(NOBODY, NOBODY, ANNES, ANNES)).isInstanceOf(RuleAnswer.Reject.class);
        assertThat(legacy(NOBODY, NOBODY, NOBODY, ANNES)).isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void finishesAllLegacyListsForOneSenderBeforeItTurnsToTheNext() {
        var lists = new LegacyNonmembers(List.of(BART), NOBODY, NOBODY, ANNES);
        assertThat(rule.check(post(ant().legacy(lists), ANNE, BART))).isInstanceOf(RuleAnswer.Discard.class);
        assertThat(rule.check(post(ant().legacy(lists), BART, ANNE))).isInstanceOf(RuleAnswer.Miss.class);
    }

    @Test
    void takesANonmembersOwnActionBeforeTheLegacyLists() {
        var lists = new LegacyNonmembers(ANNES, NOBODY, NOBODY, NOBODY);
        assertThat(rule.check(post(ant().legacy(lists).nonmember(ANNE, ModerationAction.REJECT), ANNE)))
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void matchesALegacyPatternFromTheStartRespectingTheCase() {
        assertThat(legacy(NOBODY, NOBODY, List.of("^anne@.*\\.net$"), NOBODY)).isInstanceOf(RuleAnswer.Reject.class);
        assertThat(legacy(NOBODY, NOBODY, List.of("^ANNE@"), NOBODY))
                .as("the default")
                .isInstanceOf(RuleAnswer.Accept.class);
    }

    @Test
    void makesNothingOfALegacyEntryInUpperCaseNorOfAListName() {
        assertThat(legacy(NOBODY, NOBODY, List.of("Anne@example.net", "@bee@example.com", "anne"), NOBODY))
                .as("the default")
                .isInstanceOf(RuleAnswer.Accept.class);
    }

    @Test
    void leavesToMailmanALegacyPatternThatItCannotRunWhenItIsReached() {
        assertThat(legacy(NOBODY, List.of(UNRUNNABLE), ANNES, NOBODY)).isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(legacy(NOBODY, NOBODY, List.of(ANNE, UNRUNNABLE), NOBODY)).isInstanceOf(RuleAnswer.Reject.class);
    }

    @ParameterizedTest
    @EnumSource(ModerationAction.class)
    void leavesToMailmanLegacyListsThatCouldNotBeRead(ModerationAction defaultAction) {
        var unread = new LegacyNonmembers(NOBODY, NOBODY, NOBODY, NOBODY, false);
        assertThat(rule.check(post(ant().legacy(unread).defaultNonmemberAction(defaultAction), ANNE)))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(rule.check(post(ant().legacy(unread).nonmember(ANNE, ModerationAction.REJECT), ANNE)))
                .as("they are not reached")
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void leavesToMailmanAListThatHasNoDefaultAction() {
        assertThat(rule.check(post(ant().defaultNonmemberAction(), ANNE))).isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @Test
    void takesTheListItselfForASenderLikeAnyOther() {
        assertThat(rule.check(post(rejecting(), "ant@example.com"))).isInstanceOf(RuleAnswer.Reject.class);
    }

    private static ListFixture rejecting() {
        return ant().defaultNonmemberAction(ModerationAction.REJECT);
    }

    private RuleAnswer legacy(List<String> accept, List<String> hold, List<String> reject, List<String> discard) {
        return rule.check(post(ant().legacy(new LegacyNonmembers(accept, hold, reject, discard)), ANNE));
    }
}
