// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.util.Optional;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * What the server says for one recipient.
 *
 * @param verdict what will become of the message, whatever the site makes of it
 * @param rule Mailman's own name of the rule that decided; one of our words ({@code docs/explain.md} lists them) where
 *     none of Mailman's rules was asked
 * @param reason for the administrator
 * @param reply as on the wire, {@link #ENTRY} standing for the name of the queue entry; empty when James's own handlers
 *     answer
 * @param queue Mailman's queue that the message would be put into; empty for none
 */
record Answer(VerdictWord verdict, String rule, String reason, Optional<Reply> reply, Optional<String> queue) {
    /** Stands in a reply for the name of the queue entry, as in {@code docs/replies.md}: nothing is queued. */
    static final String ENTRY = "ENTRY";

    static Answer refusal(String rule, String reason, Reply reply) {
        return new Answer(VerdictWord.REJECT, rule, reason, Optional.of(reply), Optional.empty());
    }
}
