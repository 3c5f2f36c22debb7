// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the mailets write what becomes of one recipient's mail, and where the LMTP side reads it when they are done.
 * The first outcome stands. Thread-safe.
 */
public final class VerdictSink {
    private final AtomicReference<Optional<Outcome>> outcome = new AtomicReference<>(Optional.empty());

    /**
     * Ends the recipient's mail, unless something has ended it already.
     *
     * @return whether this outcome stands; if not, the caller abandons what it staged
     */
    public boolean conclude(Outcome candidate) {
        return outcome.compareAndSet(Optional.empty(), Optional.of(candidate));
    }

    /** The outcome that stands; empty while there is none, which in the end means: try again later. */
    public Optional<Outcome> outcome() {
        return outcome.get();
    }
}
