// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** Every post is held, before any ban is looked at. Source: Mailman's {@code rules/emergency.py}. */
final class Emergency implements PostingRule {
    @Override
    public String name() {
        return "emergency";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.list().settings().emergency()
                ? new RuleAnswer.CannotTell("the list is in emergency moderation")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return "emergency " + (post.list().settings().emergency() ? "yes" : "no");
    }
}
