// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ANNE;
import static org.jamesmailman.mailman.policy.PostFixture.BART;
import static org.jamesmailman.mailman.policy.PostFixture.CRIS;
import static org.jamesmailman.mailman.policy.PostFixture.ant;
import static org.jamesmailman.mailman.policy.PostFixture.post;

import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberModerationTest {
    private final MemberModeration rule = new MemberModeration();

    @ParameterizedTest
    @CsvSource({"HOLD, Accept", "ACCEPT, Accept", "REJECT, Reject", "DISCARD, Discard", "DEFER, Miss"})
    void doesWhatTheMembersOwnActionSays(ModerationAction action, String answer) {
        assertThat(rule.check(post(ant().member(ANNE, action).defaultMemberAction(other(action)), ANNE)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"HOLD, Accept", "ACCEPT, Accept", "REJECT, Reject", "DISCARD, Discard", "DEFER, Miss"})
    void doesWhatTheListsDefaultSaysWhenTheMemberHasNoAction(ModerationAction action, String answer) {
        assertThat(rule.check(post(ant().member(ANNE).defaultMemberAction(action), ANNE)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @Test
    void missesWhenNoSenderIsAMember() {
        assertThat(rule.check(post(ant().member(BART, ModerationAction.REJECT), ANNE)))
                .isEqualTo(new RuleAnswer.Miss());
        assertThat(rule.check(post(ant().nonmember(ANNE, ModerationAction.REJECT), ANNE)))
                .as("a nonmember")
                .isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void takesTheFirstSenderThatIsAMember() {
        assertThat(rule.check(post(
                        ant().member(BART, ModerationAction.REJECT).member(CRIS, ModerationAction.DISCARD),
                        ANNE,
                        BART,
                        CRIS)))
                .isEqualTo(new RuleAnswer.Reject(BART + " is a moderated member"));
    }

    @Test
    void takesTheMembershipOfAnotherAddressOfTheSendersUser() {
        assertThat(rule.check(post(
                        new SnapshotFixture().withUser(ANNE, BART), ant().member(BART, ModerationAction.REJECT), ANNE)))
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void takesTheSendersOwnMembershipBeforeThatOfALinkedAddress() {
        assertThat(rule.check(post(
                        new SnapshotFixture().withUser(BART, ANNE),
                        ant().member(ANNE, ModerationAction.ACCEPT).member(BART, ModerationAction.REJECT),
                        ANNE)))
                .isEqualTo(new RuleAnswer.Accept());
    }

    @Test
    void takesALinkedMembershipOfTheFirstSenderBeforeTheSecondSendersOwn() {
        assertThat(rule.check(post(
                        new SnapshotFixture().withUser(ANNE, CRIS),
                        ant().member(BART, ModerationAction.REJECT).member(CRIS, ModerationAction.DISCARD),
                        ANNE,
                        BART)))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void leavesToMailmanWhichOfSeveralLinkedMembershipsCountsWhenTheyDiffer() {
        SnapshotFixture linked = new SnapshotFixture().withUser(ANNE, BART, CRIS);
        assertThat(rule.check(post(
                        linked,
                        ant().member(BART, ModerationAction.REJECT).member(CRIS, ModerationAction.ACCEPT),
                        ANNE)))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(rule.check(post(
                        linked,
                        ant().member(BART, ModerationAction.REJECT).member(CRIS, ModerationAction.REJECT),
                        ANNE)))
                .as("they agree")
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void missesForAMemberForWhomNoActionIsSet() {
        assertThat(rule.check(post(ant().member(ANNE).defaultMemberAction(), ANNE)))
                .isEqualTo(new RuleAnswer.Miss());
        assertThat(rule.check(post(ant().member(ANNE, ModerationAction.REJECT).defaultMemberAction(), ANNE)))
                .as("his own action is enough")
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    private static ModerationAction other(ModerationAction action) {
        return action == ModerationAction.DISCARD ? ModerationAction.REJECT : ModerationAction.DISCARD;
    }
}
