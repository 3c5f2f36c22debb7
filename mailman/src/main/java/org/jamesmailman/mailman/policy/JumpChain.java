// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Set;

/**
 * Where a header match sends a post: to one of Mailman's chains. It looks them up when it comes to the match, whether
 * that hits or not, and stumbles over a name that it does not have ({@code Link} in {@code chains/base.py}).
 */
enum JumpChain {
    ACCEPT,
    HOLD,
    REJECT,
    DISCARD,
    /** One that goes on to others, by rules that we do not follow from here. */
    OTHER,
    NONE;

    /** Those of a site without plugins. */
    private static final Set<String> OTHERS =
            Set.of("default-posting-chain", "default-owner-chain", "dmarc", "header-match", "moderation");

    static JumpChain named(String name) {
        return switch (name) {
            case "accept" -> ACCEPT;
            case "hold" -> HOLD;
            case "reject" -> REJECT;
            case "discard" -> DISCARD;
            default -> OTHERS.contains(name) ? OTHER : NONE;
        };
    }

    boolean exists() {
        return this != NONE;
    }

    /** What becomes of a post that is sent there, for a reason that goes into the log. */
    RuleAnswer answer(String reason) {
        return switch (this) {
            case ACCEPT, HOLD -> new RuleAnswer.Accept();
            case REJECT -> new RuleAnswer.Reject(reason);
            case DISCARD -> new RuleAnswer.Discard(reason);
            case OTHER, NONE -> new RuleAnswer.CannotTell(reason + ": it goes to a chain that we do not follow");
        };
    }
}
