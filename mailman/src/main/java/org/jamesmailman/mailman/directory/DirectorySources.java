// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.rest.RestAccess;
import org.jamesmailman.mailman.directory.rest.RestSource;

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
        if (source instanceof Settings.Source.Rest rest) {
            return new RestSource(new RestAccess(rest.url(), rest.user(), rest.password()), rest.postingChain());
        }
        return new JsonFileSource(((Settings.Source.File) source).file());
    }
}
