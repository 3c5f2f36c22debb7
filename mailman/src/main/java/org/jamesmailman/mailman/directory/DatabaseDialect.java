// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.SQLException;
import java.time.Duration;

/**
 * What differs between the databases that Mailman can use, as far as reading them goes.
 *
 * <p>{@link DatabaseDialects} picks one by the URL. Implementations are stateless; what is open is a
 * {@link DatabaseSession}.
 */
interface DatabaseDialect {
    /** The database in words fit for a log line, without a password. */
    String description();

    /**
     * Opens the database for reading only.
     *
     * @throws DirectoryException when it is plain what is wrong
     * @throws SQLException for {@link #failure} to put in words
     */
    DatabaseSession open() throws DirectoryException, SQLException;

    /** An error in words: one sentence, with the remedy. */
    DirectoryException failure(SQLException error);

    /** For how long one transaction may last without getting in Mailman's way. */
    Duration longestTransaction();

    /** An identifier, quoted: {@code user} is a reserved word in some databases. */
    String quoted(String identifier);
}
