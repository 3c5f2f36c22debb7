// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/**
 * A list that answers posts may swallow them, before any rule. Source: {@code _dispose} in Mailman's
 * {@code runners/incoming.py}.
 */
final class AutorespondPostings implements PostingRule {
    @Override
    public String name() {
        return "autorespond-postings";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.list().settings().autorespondPostings()
                ? new RuleAnswer.CannotTell("the list answers posts automatically")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return post.list().settings().autorespondPostings()
                ? "autorespond_postings is set"
                : "autorespond_postings none";
    }
}
