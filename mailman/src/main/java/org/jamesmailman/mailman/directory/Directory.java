// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/** The newest snapshot, and whether it is new enough. Thread-safe. */
@FunctionalInterface
public interface Directory {
    /** The newest snapshot; empty while nothing has been loaded yet. Takes no lock and no I/O. */
    Optional<Snapshot> current();

    /**
     * Whether somebody may be refused for what {@link #current()} does not know or does know: not while the source has
     * still to be asked for the first time, and not once it has been silent for too long. Who asks both asks this
     * first: so what is then refused is refused for a snapshot that is as new as this answer, or newer. Takes no lock
     * and no I/O.
     */
    default boolean maySupportRefusals() {
        return true;
    }
}
