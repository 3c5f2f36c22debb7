// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Knows what has been committed a while ago: when a connection breaks between our commit and the client's reading of
 * the reply, the client sends the message again, and must be told 250 without a second entry.
 *
 * <p>Who wants to commit a message that another session is committing waits until that is decided. Bounded in time and
 * number; the oldest are forgotten. Thread-safe.
 */
final class Retransmits {
    /** About 35 MB of memory: an hour of 70 entries a second. */
    static final int MAX_ENTRIES = 250_000;

    private final long windowMicros;
    private final InstantSource clock;
    private final Map<Fingerprint, EntryName> committed = new LinkedHashMap<>();
    private final Set<Fingerprint> underWay = new HashSet<>();

    /** @param window how long a committed entry is remembered; zero: not at all */
    Retransmits(Duration window, InstantSource clock) {
        this.windowMicros = TimeUnit.MILLISECONDS.toMicros(window.toMillis());
        this.clock = clock;
    }

    boolean areKnown() {
        return windowMicros > 0;
    }

    /**
     * Claims the right to commit. Who claims several does so in their order, so that no two wait for each other.
     *
     * @return the entry that the message has become already; empty when the caller is to commit it, and then to
     *     {@link #settle} the matter
     */
    synchronized Optional<EntryName> claim(Fingerprint fingerprint) {
        boolean interrupted = false;
        while (underWay.contains(fingerprint)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Optional<EntryName> known =
                Optional.ofNullable(committed.get(fingerprint)).filter(name -> name.micros() >= oldest());
        if (known.isEmpty()) {
            underWay.add(fingerprint);
        }
        return known;
    }

    /** Ends a claim. */
    synchronized void settle(EntryName name, boolean isCommitted) {
        underWay.remove(name.fingerprint());
        if (isCommitted) {
            remember(name);
        }
        notifyAll();
    }

    /** Takes up what an earlier process has committed. */
    synchronized void remember(Collection<EntryName> names) {
        names.stream().sorted(Comparator.comparingLong(EntryName::micros)).forEach(this::remember);
    }

    private void remember(EntryName name) {
        committed.remove(name.fingerprint());
        committed.put(name.fingerprint(), name);
        long oldest = oldest();
        Iterator<EntryName> eldest = committed.values().iterator();
        while (eldest.hasNext() && (eldest.next().micros() < oldest || committed.size() > MAX_ENTRIES)) {
            eldest.remove();
        }
    }

    private long oldest() {
        return EntryNames.micros(clock.instant()) - windowMicros;
    }
}
