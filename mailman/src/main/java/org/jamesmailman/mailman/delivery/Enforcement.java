// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.util.Optional;
import org.jamesmailman.mailman.configuration.OnDiscard;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * What the site makes of a verdict: {@code policy.mode} and {@code policy.on-discard} of {@code mailman.properties}.
 * Immutable.
 */
public record Enforcement(PolicyMode mode, OnDiscard onDiscard) {
    /** How a recipient's mail ends because of a verdict; empty when it goes on to the queue. */
    public Optional<Outcome> outcome(Verdict verdict, String recipient) {
        if (mode == PolicyMode.OBSERVE) {
            return Optional.empty();
        }
        if (verdict instanceof Verdict.Reject reject) {
            return Optional.of(new Outcome.Refused(Replies.mayNotPost(recipient), reject.reason()));
        }
        return verdict instanceof Verdict.Discard discard ? ofDiscard(discard, recipient) : Optional.empty();
    }

    /**
     * Whether a message with this defect may be refused: not while we observe, when Mailman's own LMTP runner would
     * take it.
     */
    public boolean refuses(NamedDefect defect) {
        return mode == PolicyMode.ENFORCE || !defect.isTakenByLmtpRunner();
    }

    private Optional<Outcome> ofDiscard(Verdict.Discard discard, String recipient) {
        return switch (onDiscard) {
            case DROP -> Optional.of(new Outcome.Dropped(Replies.dropped(recipient), discard.reason()));
            case REFUSE -> Optional.of(new Outcome.Refused(refusal(discard, recipient), discard.reason()));
            case ENQUEUE -> Optional.empty();
        };
    }

    private static Reply refusal(Verdict.Discard discard, String recipient) {
        return discard.rule().equals(PostingPolicy.LOOP)
                ? Replies.mailLoop(recipient)
                : Replies.refusedDiscard(recipient);
    }
}
