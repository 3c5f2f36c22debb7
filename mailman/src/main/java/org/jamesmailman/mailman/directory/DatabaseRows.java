// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Reads rows in transactions that end before they get in Mailman's way. */
final class DatabaseRows {
    private final DatabaseDialect dialect;
    private final Connection connection;
    private final long longestTransactionNanos;
    private long transactionStart = System.nanoTime();

    DatabaseRows(DatabaseDialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
        Duration longest = dialect.longestTransaction();
        this.longestTransactionNanos = longest.toNanos();
    }

    /** Takes one row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    DatabaseDialect dialect() {
        return dialect;
    }

    /** Hands on the rows of a query that has as many parameters as there are values. */
    void forEach(String query, Row reader, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
        letWritersIn();
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
