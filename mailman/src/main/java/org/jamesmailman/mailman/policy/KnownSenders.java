// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import org.jamesmailman.mailman.message.Senders;

/** Whom a post is from must be certain, for nearly all rules ask it. */
final class KnownSenders implements PostingRule {
    @Override
    public String name() {
        return "senders";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.foundSenders() instanceof Senders.Undecidable undecidable
                ? new RuleAnswer.CannotTell(undecidable.reason())
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return "the headers " + String.join(", ", post.site().senderHeaders()) + ": " + post.sendersInWords();
    }
}
