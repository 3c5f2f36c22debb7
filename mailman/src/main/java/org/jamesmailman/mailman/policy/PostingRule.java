// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** One rule of Mailman's default posting chain. Stateless and thread-safe. */
interface PostingRule {
    /** Mailman's own name of the rule. */
    String name();

    /** What the rule makes of a post that all rules before it have missed. */
    RuleAnswer check(Post post);
}
