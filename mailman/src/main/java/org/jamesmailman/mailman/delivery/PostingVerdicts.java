// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.IOException;
import java.util.Optional;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.verdict.Verdict;

/** Asks the posting policy about deliveries, by what is known of the lists now. Thread-safe. */
public final class PostingVerdicts {
    private final Directory directory;
    private final PostingPolicy policy;

    public PostingVerdicts(Directory directory, PostingPolicy policy) {
        this.directory = directory;
        this.policy = policy;
    }

    /**
     * What Mailman will make of a delivery.
     *
     * @return empty when it is no post, which alone the policy judges, or when the list has gone since RCPT
     * @throws IOException when the message cannot be read
     */
    public Optional<Verdict> of(Delivery delivery) throws IOException {
        if (!delivery.destination().isPost()) {
            return Optional.empty();
        }
        Transaction transaction = delivery.transaction();
        var snapshot = directory.current();
        var list =
                snapshot.flatMap(current -> current.list(delivery.destination().postingAddress()));
        if (list.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(policy.decide(snapshot.get(), list.get(), transaction.analysis(), transaction.reversePath())
                .verdict());
    }
}
