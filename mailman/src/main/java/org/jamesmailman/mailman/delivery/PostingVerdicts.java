// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.IOException;
import java.util.Optional;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.policy.PostedMessage;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.verdict.Verdict;

/** Asks the posting policy about deliveries, by what is known of the lists now. Thread-safe. */
public final class PostingVerdicts {
    private static final String OUTDATED = "what is known of the list is older than directory.max-age, or was saved"
            + " and has not been compared with Mailman yet";

    private final Directory directory;
    private final PostingPolicy policy;

    public PostingVerdicts(Directory directory, PostingPolicy policy) {
        this.directory = directory;
        this.policy = policy;
    }

    /**
     * What Mailman will make of a delivery. As long as nobody may be refused for what is known, a refusal is left to
     * Mailman.
     *
     * @return empty when it is no post, which alone the policy judges, or when the list has gone since RCPT
     * @throws IOException when the message cannot be read
     */
    public Optional<Verdict> of(Delivery delivery) throws IOException {
        return decided(delivery, policy::decide).map(Decision::verdict);
    }

    /** As {@link #of}, and how it comes about: what each rule answers, and what it looked at. */
    public Optional<Decision> explain(Delivery delivery) throws IOException {
        return decided(delivery, policy::explain);
    }

    private Optional<Decision> decided(Delivery delivery, Deciding deciding) throws IOException {
        if (!delivery.destination().isPost()) {
            return Optional.empty();
        }
        boolean mayRefuse = directory.maySupportRefusals();
        var snapshot = directory.current();
        var list =
                snapshot.flatMap(current -> current.list(delivery.destination().postingAddress()));
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Decision decision = deciding.on(snapshot.get(), list.get(), delivery.transaction());
        return Optional.of(mayRefuse ? decision : new Decision(leaveRefusal(decision.verdict()), decision.steps()));
    }

    /** What was true may have changed: who was no member then may be one now. */
    private static Verdict leaveRefusal(Verdict verdict) {
        if (verdict instanceof Verdict.Reject reject) {
            return new Verdict.CannotTell(reject.rule(), OUTDATED);
        }
        if (verdict instanceof Verdict.Discard discard) {
            return new Verdict.CannotTell(discard.rule(), OUTDATED);
        }
        return verdict;
    }

    @FunctionalInterface
    private interface Deciding {
        Decision on(Snapshot snapshot, MailingList list, PostedMessage message) throws IOException;
    }
}
