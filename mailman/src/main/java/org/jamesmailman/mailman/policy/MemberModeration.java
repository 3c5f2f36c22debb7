// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Optional;
import org.jamesmailman.mailman.directory.Membership;
import org.jamesmailman.mailman.directory.ModerationAction;

/**
 * A member's own moderation action, or else the list's default for members, decides. Source: Mailman's
 * {@code rules/moderation.py}. (That rule misses when a sender is banned; here the ban has ended the post before.)
 */
final class MemberModeration implements PostingRule {
    @Override
    public String name() {
        return "member-moderation";
    }

    @Override
    public RuleAnswer check(Post post) {
        SenderMember.Found found = SenderMember.of(post);
        if (found instanceof SenderMember.Found.Member member) {
            return check(member.sender(), member.membership(), post);
        }
        if (found instanceof SenderMember.Found.Ambiguous ambiguous) {
            return new RuleAnswer.CannotTell(
                    "the user of " + ambiguous.sender() + " is a member by several addresses with different actions");
        }
        return new RuleAnswer.Miss();
    }

    private static RuleAnswer check(String sender, Membership membership, Post post) {
        Optional<ModerationAction> action =
                membership.moderationAction().or(() -> post.list().settings().defaultMemberAction());
        // With neither, Mailman's rule has nothing to do.
        return action.isEmpty()
                ? new RuleAnswer.Miss()
                : ModerationAnswer.of(action, sender + " is a moderated member");
    }

    @Override
    public String read(Post post) {
        return post.sendersInWords() + "; members " + post.list().members().size() + ", default_member_action "
                + ModerationAnswer.inWords(post.list().settings().defaultMemberAction());
    }
}
