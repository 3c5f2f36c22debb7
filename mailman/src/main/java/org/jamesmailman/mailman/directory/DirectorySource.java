// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Duration;

/** Where a snapshot is read from. Used by one thread at a time, {@link DirectoryKeeper}'s. */
public interface DirectorySource extends AutoCloseable {
    /**
     * Reads everything, or what may have changed.
     *
     * @return all that is known; every change before {@link Snapshot#takenAt} is in it
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

    /**
     * How long to leave the source alone after a reading, so that one that changes all the time is not read all the
     * time.
     *
     * @param reading how long the reading took
     */
    default Duration restAfter(Duration reading) {
        return reading;
    }

    /** The source in words fit for a log line: the file, or the database without its password. */
    String description();

    @Override
    void close();
}
