// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import org.jamesmailman.mailman.configuration.Settings;

/** Makes the source that the settings name. */
public final class DirectorySources {
    private DirectorySources() {}

    /**
     * A source; nothing is opened yet.
     *
     * @throws DirectoryException when it is of a kind that is not read
     */
    public static DirectorySource of(Settings.Source source) throws DirectoryException {
        if (source instanceof Settings.Source.Database database) {
            return DatabaseSource.of(database.url());
        }
        return new JsonFileSource(((Settings.Source.File) source).file());
    }
}
