// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.jamesmailman.mailman.directory.ModerationAction;

/**
 * What becomes of posts of people who are no members: per sender a nonmember's own action, then the four legacy lists,
 * and after all senders the list's default. Source: Mailman's {@code rules/moderation.py}.
 */
final class NonmemberModeration implements PostingRule {
    private final PythonPatterns patterns;

    NonmemberModeration(PythonPatterns patterns) {
        this.patterns = patterns;
    }

    @Override
    public String name() {
        return "nonmember-moderation";
    }

    @Override
    public RuleAnswer check(Post post) {
        if (!(SenderMember.of(post) instanceof SenderMember.Found.Nobody)) {
            return new RuleAnswer.Miss();
        }
        for (String sender : post.senders()) {
            Optional<RuleAnswer> decided = check(sender, post);
            if (decided.isPresent()) {
                return decided.get();
            }
        }
        return ModerationAnswer.of(post.list().settings().defaultNonmemberAction(), "no sender is a member");
    }

    private Optional<RuleAnswer> check(String sender, Post post) {
        Optional<ModerationAction> own =
                post.list().nonmembers().find(sender).flatMap(nonmember -> nonmember.moderationAction());
        if (own.isPresent()) {
            return Optional.of(ModerationAnswer.of(own, sender + " is a moderated nonmember"));
        }
        LegacyNonmembers legacy = post.list().settings().nonmembers();
        return legacy.legible()
                ? legacy(sender, legacy)
                : Optional.of(new RuleAnswer.CannotTell("the list's legacy lists of nonmembers cannot be read"));
    }

    private Optional<RuleAnswer> legacy(String sender, LegacyNonmembers legacy) {
        // accept_these_nonmembers means "defer": the rule misses.
        return listed(sender, legacy.accept(), new RuleAnswer.Miss())
                .or(() -> listed(sender, legacy.hold(), new RuleAnswer.Accept()))
                .or(() -> listed(
                        sender, legacy.reject(), new RuleAnswer.Reject(sender + " is in reject_these_nonmembers")))
                .or(() -> listed(
                        sender, legacy.discard(), new RuleAnswer.Discard(sender + " is in discard_these_nonmembers")));
    }

    private Optional<RuleAnswer> listed(String sender, List<String> entries, RuleAnswer answer) {
        for (String entry : entries) {
            if (entry.equals(sender)) {
                return Optional.of(answer);
            }
            if (!entry.startsWith("^")) {
                continue;
            }
            switch (patterns.match(entry, sender)) {
                case MATCHES -> {
                    return Optional.of(answer);
                }
                case CANNOT_TELL -> {
                    return Optional.of(new RuleAnswer.CannotTell(
                            "whether the pattern " + entry + " is for " + sender + " is for Python to say"));
                }
                // On a malformed pattern Mailman writes a line into its log, and goes on.
                case MATCHES_NOT, MALFORMED -> {}
            }
        }
        return Optional.empty();
    }

    @Override
    public String read(Post post) {
        LegacyNonmembers legacy = post.list().settings().nonmembers();
        return post.sendersInWords() + "; members " + post.list().members().size() + ", nonmembers "
                + post.list().nonmembers().size() + ", accept_these_nonmembers "
                + legacy.accept().size() + ", hold_these_nonmembers "
                + legacy.hold().size()
                + ", reject_these_nonmembers " + legacy.reject().size() + ", discard_these_nonmembers "
                + legacy.discard().size() + ", default_nonmember_action "
                + ModerationAnswer.inWords(post.list().settings().defaultNonmemberAction());
    }
}
