// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Mailman's SQLite file, through Xerial's driver.
 *
 * <p>It is opened read-only, so it is never created, written or rolled back from here. While a transaction reads, a
 * writer's commit waits, and Mailman's waits five seconds at most (the default of Python's {@code sqlite3}); so
 * transactions are kept short. {@code PRAGMA data_version} tells of every commit of another connection.
 */
final class SqliteDialect implements DatabaseDialect {
    private static final Duration LONGEST_TRANSACTION = Duration.ofMillis(250);

    /** How long to wait for a writer that has the file to itself, which it needs for some milliseconds. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(1);

    private static final int MAX_QUOTED = 200;

    // https://sqlite.org/rescode.html
    private static final int PRIMARY_CODE = 0xff;
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int SQLITE_NOTADB = 26;

    // https://sqlite.org/c3ref/c_open_autoproxy.html
    private static final int OPEN_READONLY = 0x01;
    private static final int OPEN_URI = 0x40;

    private final Path file;

    SqliteDialect(Path file) {
        this.file = file;
    }

    @Override
    public String description() {
        return "Mailman's database " + file;
    }

    @Override
    public DatabaseSession open() throws DirectoryException, SQLException {
        Optional<Object> identity = identity();
        if (!Files.isReadable(file)) {
            throw new DirectoryException(description() + " cannot be read: let the user that James runs as read it,"
                    + " for instance by adding that user to Mailman's group.");
        }
        Properties options = new Properties();
        options.setProperty("open_mode", String.valueOf(OPEN_READONLY | OPEN_URI));
        options.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT.toMillis()));
        Connection connection =
                JdbcDrivers.load("org.sqlite.JDBC", "sqlite-jdbc").connect("jdbc:sqlite:" + uri(), options);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Session(connection, identity);
    }

    @Override
    public DirectoryException failure(SQLException error) {
        String what =
                switch (error.getErrorCode() & PRIMARY_CODE) {
                    case SQLITE_BUSY ->
                        "is locked by another program; should this last, end the program that has it open";
                    case SQLITE_READONLY ->
                        "was left in the middle of a change by a program that died; start Mailman, which mends it";
                    case SQLITE_CORRUPT, SQLITE_NOTADB ->
                        "is damaged, or no SQLite database; check [database] url in mailman.cfg";
                    case SQLITE_CANTOPEN ->
                        "cannot be opened; let the user that James runs as read it and enter its directory";
                    default ->
                        "cannot be read (" + Printable.ascii(Objects.toString(error.getMessage(), ""), MAX_QUOTED)
                                + "); see whether Mailman itself can";
                };
        return new DirectoryException(description() + ' ' + what + '.', error);
    }

    @Override
    public Duration longestTransaction() {
        return LONGEST_TRANSACTION;
    }

    @Override
    public String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    @Override
    public String chunkDigests(MailmanTable table) {
        return SqliteDigests.query(table);
    }

    @Override
    public int chunksAtATime() {
        return SqliteDigests.CHUNKS_AT_A_TIME;
    }

    /** The file as a URI, so that no character of its path is taken for an option. */
    private String uri() throws DirectoryException {
        try {
            return new URI("file", null, file.toString(), "mode=ro", null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new DirectoryException(description() + " has a path that cannot be put into a URI; move it.", e);
        }
    }

    /** By what this file is told from one that is put in its place. */
    private Optional<Object> identity() throws DirectoryException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            throw new DirectoryException(
                    description() + " is not there; check [database] url in mailman.cfg, or directory.database.url in"
                            + " mailman.properties.",
                    e);
        }
    }

    private final class Session implements DatabaseSession {
        private final Connection connection;
        private final Optional<Object> identity;

        Session(Connection connection, Optional<Object> identity) {
            this.connection = connection;
            this.identity = identity;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public String changeSignal() throws SQLException {
            String version;
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery("PRAGMA data_version")) {
                version = result.next() ? result.getString(1) : "";
            }
            // Only now: a lock that a statement still holds at the commit goes over to the next transaction.
            connection.commit();
            return version;
        }

        @Override
        public boolean isOutdated() throws DirectoryException {
            return !identity.equals(identity());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
