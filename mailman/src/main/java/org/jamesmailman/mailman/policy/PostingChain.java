// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import org.jamesmailman.mailman.directory.ListSettings;

/** Of Mailman's chains we follow the default one. */
final class PostingChain implements PostingRule {
    @Override
    public String name() {
        return "posting-chain";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.list().settings().postingChain().equals(ListSettings.DEFAULT_POSTING_CHAIN)
                ? new RuleAnswer.Miss()
                : new RuleAnswer.CannotTell(
                        post.list().settings().postingChain().equals(ListSettings.UNKNOWN_POSTING_CHAIN)
                                ? "it is not known which posting chain the list has"
                                : "the list has a posting chain of its own");
    }

    @Override
    public String read(Post post) {
        return "posting_chain " + post.list().settings().postingChain();
    }
}
