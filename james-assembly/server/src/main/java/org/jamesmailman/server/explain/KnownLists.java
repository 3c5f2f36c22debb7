// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.DirectorySources;
import org.jamesmailman.mailman.directory.Snapshot;

/**
 * What is known of the lists, read once.
 *
 * @param source where from, in words fit for output: without a password
 */
record KnownLists(Snapshot snapshot, String source) {
    static KnownLists read(Settings settings) throws DirectoryException {
        try (DirectorySource source = DirectorySources.of(settings.directory())) {
            return new KnownLists(source.load(), source.description());
        }
    }
}
