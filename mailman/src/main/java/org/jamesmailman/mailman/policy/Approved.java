// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** A moderator's password in the message beats the rules after it. Source: Mailman's {@code rules/approved.py}. */
final class Approved implements PostingRule {
    @Override
    public String name() {
        return "approved";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.list().settings().hasModeratorPassword()
                ? new RuleAnswer.CannotTell("the list has a moderator password, which the message may hold")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return post.list().settings().hasModeratorPassword() ? "moderator_password is set" : "no moderator_password";
    }
}
