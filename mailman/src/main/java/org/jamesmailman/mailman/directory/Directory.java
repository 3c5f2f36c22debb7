// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/** The newest snapshot. Thread-safe. */
@FunctionalInterface
public interface Directory {
    /** The newest snapshot; empty while nothing has been loaded yet. Takes no lock and no I/O. */
    Optional<Snapshot> current();
}
