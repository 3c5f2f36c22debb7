// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import org.jamesmailman.mailman.message.Senders;

/** Whom a post is from must be certain, for nearly all rules ask it. */
final class KnownSenders implements PostingRule {
    /** Each sender is held against each ban; a header of 1 MiB has room for 100,000. */
    private static final int MAX_SENDERS = 100;

    @Override
    public String name() {
        return "senders";
    }

    @Override
    public RuleAnswer check(Post post) {
        if (post.foundSenders() instanceof Senders.Undecidable undecidable) {
            return new RuleAnswer.CannotTell(undecidable.reason());
        }
        return post.senders().size() > MAX_SENDERS
                ? new RuleAnswer.CannotTell("the message has too many senders")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return "the headers " + String.join(", ", post.site().senderHeaders()) + ": " + post.sendersInWords();
    }
}
