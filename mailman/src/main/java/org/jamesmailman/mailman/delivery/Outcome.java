// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import org.jamesmailman.mailman.queue.StagedEntry;
import org.jamesmailman.mailman.verdict.Reply;

/** How a message's way through the mailets ended for one recipient. */
public sealed interface Outcome {
    /** It waits to be committed to Mailman's queue. */
    record Staged(StagedEntry entry) implements Outcome {}

    /**
     * It is refused, for good or for now, and nothing is queued.
     *
     * @param reply not an accepting one
     * @param reason for the log only
     */
    record Refused(Reply reply, String reason) implements Outcome {
        public Refused {
            if (reply.isAccepting()) {
                throw new IllegalArgumentException("a refusal that says " + reply);
            }
        }
    }

    /**
     * It is accepted and thrown away, as Mailman would do.
     *
     * @param reply an accepting one
     * @param reason for the log only
     */
    record Dropped(Reply reply, String reason) implements Outcome {
        public Dropped {
            if (!reply.isAccepting()) {
                throw new IllegalArgumentException("a silent drop that says " + reply);
            }
        }
    }
}
