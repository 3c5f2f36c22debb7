// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.SQLException;

/** An open connection to Mailman's database, and the way to ask it for news. Used by one thread. */
interface DatabaseSession extends AutoCloseable {
    /** The connection, read-only and without auto-commit. */
    Connection connection();

    /**
     * A value that differs from the one before if anybody else has committed a change between the two; for this session
     * only. Asked for outside of a transaction.
     */
    String changeSignal() throws SQLException;

    /** How this database compares and sorts. */
    default Comparisons comparisons() {
        return Comparisons.PLAIN;
    }

    /** Whether this session no longer reads what the URL names, so that a new one must be opened. */
    boolean isOutdated() throws DirectoryException;

    @Override
    void close() throws SQLException;
}
