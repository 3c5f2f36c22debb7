// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.queue.Commit;
import org.jamesmailman.mailman.queue.MailmanQueue;
import org.jamesmailman.mailman.queue.QueueException;
import org.jamesmailman.mailman.queue.StagedEntry;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what the mailets have staged for a message's recipients, and turns each recipient's outcome into its reply.
 * No outcome means "try again later", never 250. Thread-safe.
 */
public final class Commitment {
    private static final Logger LOGGER = LoggerFactory.getLogger(Commitment.class);

    private final MailmanQueue queue;

    @Inject
    public Commitment(MailmanQueue queue) {
        this.queue = queue;
    }

    /** The reply for each recipient, in order, after everything staged is on the disk or has failed. */
    List<Reply> replies(List<PendingReply> pending) {
        List<StagedEntry> staged =
                pending.stream().flatMap(reply -> staged(reply).stream()).toList();
        Queue<Commit> commits = new ArrayDeque<>(queue.commit(staged));
        return pending.stream().map(reply -> reply(reply, commits)).toList();
    }

    private static Optional<StagedEntry> staged(PendingReply pending) {
        return pending instanceof PendingReply.OfMailets ofMailets
                ? ofMailets.outcome().filter(Outcome.Staged.class::isInstance).map(outcome -> ((Outcome.Staged) outcome)
                        .entry())
                : Optional.empty();
    }

    private static Reply reply(PendingReply pending, Queue<Commit> commits) {
        if (pending instanceof PendingReply.OfMailets ofMailets) {
            return reply(ofMailets.delivery(), ofMailets.outcome(), commits);
        }
        return ((PendingReply.Decided) pending).reply();
    }

    private static Reply reply(Delivery delivery, Optional<Outcome> outcome, Queue<Commit> commits) {
        if (outcome.isEmpty()) {
            LOGGER.error(
                    "No mailet decided on the mail to {}: let each way through mailetcontainer.xml end in EnqueueToMailman",
                    delivery.destination().postingAddress());
            return Replies.tryAgainLater(delivery.recipient());
        }
        if (outcome.get() instanceof Outcome.Staged) {
            return reply(delivery, commits.remove());
        }
        if (outcome.get() instanceof Outcome.Refused refused) {
            return refused.reply();
        }
        return ((Outcome.Dropped) outcome.get()).reply();
    }

    private static Reply reply(Delivery delivery, Commit commit) {
        if (commit instanceof Commit.Committed committed) {
            return Replies.queued(delivery.recipient(), committed.name());
        }
        QueueException cause = ((Commit.Failed) commit).cause();
        LOGGER.error("The mail to {} is not queued: {}", delivery.destination().postingAddress(), cause.getMessage());
        return delivery.notQueued(cause);
    }
}
