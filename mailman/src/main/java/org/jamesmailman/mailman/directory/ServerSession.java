// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection to a database server. */
final class ServerSession implements DatabaseSession {
    private final Connection connection;
    private final ChangeSignal signal;

    private ServerSession(Connection connection, ChangeSignal signal) {
        this.connection = connection;
        this.signal = signal;
    }

    /** Gets a connection ready, and knows how to ask it for news. */
    @FunctionalInterface
    interface Preparation {
        ChangeSignal prepare(Statement statement) throws SQLException;
    }

    /** As {@link DatabaseSession#changeSignal}. */
    @FunctionalInterface
    interface ChangeSignal {
        String read(Statement statement) throws SQLException;
    }

    /** A session over a new connection, which is closed again when it cannot be got ready. */
    static ServerSession of(Connection connection, Preparation preparation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ChangeSignal signal = preparation.prepare(statement);
            connection.setAutoCommit(false);
            return new ServerSession(connection, signal);
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
            value = signal.read(statement);
        }
        connection.commit();
        return value;
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
