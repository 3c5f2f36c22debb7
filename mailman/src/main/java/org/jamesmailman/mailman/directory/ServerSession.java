// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection to a database server. */
final class ServerSession implements DatabaseSession {
    private final Connection connection;
    private final Nature nature;

    private ServerSession(Connection connection, Nature nature) {
        this.connection = connection;
        this.nature = nature;
    }

    /** Gets a connection ready, and finds out of what kind the database is. */
    @FunctionalInterface
    interface Preparation {
        Nature prepare(Statement statement) throws SQLException;
    }

    /** What was found out. */
    record Nature(ChangeSignal signal, Comparisons comparisons) {}

    /** As {@link DatabaseSession#changeSignal}. */
    @FunctionalInterface
    interface ChangeSignal {
        String read(Statement statement) throws SQLException;
    }

    /** A session over a new connection, which is closed again when it cannot be got ready. */
    static ServerSession of(Connection connection, Preparation preparation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Nature nature = preparation.prepare(statement);
            connection.setAutoCommit(false);
            return new ServerSession(connection, nature);
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String changeSignal() throws SQLException {
        String value;
        try (Statement statement = connection.createStatement()) {
            value = nature.signal().read(statement);
        }
        connection.commit();
        return value;
    }

    @Override
    public Comparisons comparisons() {
        return nature.comparisons();
    }

    @Override
    public boolean isOutdated() {
        // What is wrong with a server's connection shows when it is used.
        return false;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
