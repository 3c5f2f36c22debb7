// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** A message without a valid sender is thrown away. Source: Mailman's {@code rules/no_senders.py}. */
final class NoSenders implements PostingRule {
    @Override
    public String name() {
        return "no-senders";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.senders().isEmpty() ? new RuleAnswer.Discard("no valid sender") : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return post.sendersInWords();
    }
}
