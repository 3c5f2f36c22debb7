// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/** A directory whose snapshot is too old for anybody to be refused for it. */
public record OutdatedDirectoryFixture(Snapshot snapshot) implements Directory {
    @Override
    public Optional<Snapshot> current() {
        return Optional.of(snapshot);
    }

    @Override
    public boolean maySupportRefusals() {
        return false;
    }
}
