// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/**
 * A message whose {@code List-Post} is the bare posting address has been here before. (Mailman itself writes
 * {@code <mailto:...>}, which never matches.) Source: Mailman's {@code rules/loop.py}.
 */
final class Loop implements PostingRule {
    static final String NAME = "loop";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.listPosts().contains(post.list().postingAddress())
                ? new RuleAnswer.Discard("List-Post is the list's own posting address")
                : new RuleAnswer.Miss();
    }
}
