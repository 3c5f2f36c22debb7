// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Reads tables in chunks by id, in transactions that end before they get in Mailman's way. */
final class DatabaseRows {
    private static final int CHUNK_ROWS = 5_000;

    private final Connection connection;
    private final long longestTransactionNanos;
    private long transactionStart = System.nanoTime();

    DatabaseRows(Connection connection, Duration longestTransaction) {
        this.connection = connection;
        this.longestTransactionNanos = longestTransaction.toNanos();
    }

    /** Takes one row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Reads all rows.
     *
     * @param query has a parameter for the id above which to read, then one for the number of rows, sorts by id, and
     *     has the id as its first column
     */
    void forEach(String query, Row reader) throws SQLException {
        long last = Long.MIN_VALUE;
        int rows;
        do {
            rows = 0;
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setLong(1, last);
                statement.setInt(2, CHUNK_ROWS);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        rows++;
                        reader.read(row);
                    }
                }
            }
            letWritersIn();
        } while (rows == CHUNK_ROWS);
    }

    /** Ends the transaction. */
    void finish() throws SQLException {
        connection.commit();
    }

    private void letWritersIn() throws SQLException {
        if (System.nanoTime() - transactionStart > longestTransactionNanos) {
            connection.commit();
            transactionStart = System.nanoTime();
        }
    }
}
