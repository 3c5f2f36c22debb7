// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

/** Where a snapshot is read from. Used by one thread at a time, {@link DirectoryKeeper}'s. */
public interface DirectorySource extends AutoCloseable {
    /**
     * Reads everything.
     *
     * @throws DirectoryException with one sentence that names the file or URL, says what is wrong and what to do; it
     *     never holds a password
     */
    Snapshot load() throws DirectoryException;

    /**
     * Whether something may have changed since the last {@link #load()}; cheap enough to be asked several times a
     * second.
     *
     * @throws DirectoryException as for {@link #load()}
     */
    boolean hasChanged() throws DirectoryException;

    /** The source in words fit for a log line: the file, or the database without its password. */
    String description();

    @Override
    void close();
}
