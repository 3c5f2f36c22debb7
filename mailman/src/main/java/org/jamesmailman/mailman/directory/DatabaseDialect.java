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

    /**
     * A query that tells which chunks of a table have changed since it was last asked, while only those are read again.
     *
     * <p>It has two parameters, the number of the first chunk and of the last. For each chunk from the one to the other
     * that holds rows it gives its number and a digest, a text or a blob that is read with
     * {@link java.sql.ResultSet#getBytes}: whenever {@code id} or one of {@link MailmanTable#columns()} of a row
     * differs, whenever a row is gone or has come, it is another, but for a chance of 2<sup>-32</sup> or less. It may
     * be long, for it is hashed at once. Chunks may come in any order, and a chunk without rows may be left out or have
     * a digest of NULL.
     */
    String chunkDigests(MailmanTable table);

    /** How many chunks to ask of at a time, so that {@link #chunkDigests} keeps well below the longest transaction. */
    int chunksAtATime();
}
