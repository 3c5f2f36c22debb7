// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MariaDB or MySQL, through MariaDB's Connector/J.
 *
 * <p>A transaction that reads keeps nobody from writing (InnoDB), and all of it sees one moment ({@code REPEATABLE
 * READ}).
 *
 * <p>The sign of a change is the server's count of commits ({@code Handler_commit}), less our own: it goes up after a
 * change can be seen ({@code ha_commit_low} in {@code sql/handler.cc}), so that no change is missed. Commits that
 * changed nothing, and those of other databases of the same server, count as well. Of a table of another engine than
 * InnoDB no commit tells; then there is always news.
 */
final class MariaDbDialect implements DatabaseDialect {
    private static final Logger LOGGER = LoggerFactory.getLogger(MariaDbDialect.class);
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /** 131,072 rows. */
    private static final int CHUNKS_AT_A_TIME = 128;

    private static final String TABLES = Stream.concat(
                    Stream.of(MailmanTable.values()).map(MailmanTable::tableName), Stream.of("domain"))
            .collect(Collectors.joining("', '", "'", "'"));

    private final ServerUrl url;

    MariaDbDialect(ServerUrl url) {
        this.url = url;
    }

    @Override
    public String description() {
        return "Mailman's database " + url.place();
    }

    @Override
    public DatabaseSession open() throws DirectoryException, SQLException {
        if (url.option("unix_socket").isPresent()) {
            throw new DirectoryException(description() + " is named by a Unix socket, which the driver cannot use;"
                    + " set directory.database.url in mailman.properties, as in"
                    + " jdbc:mariadb://127.0.0.1:3306/mailman?user=mailman&password=...");
        }
        Properties options = new Properties();
        options.setProperty("connectTimeout", String.valueOf(ServerLimits.CONNECT.toMillis()));
        options.setProperty("socketTimeout", String.valueOf(ServerLimits.ANSWER.toMillis()));
        options.setProperty("defaultFetchSize", String.valueOf(ServerLimits.ROWS_AT_ONCE));
        options.setProperty("tcpKeepAlive", "true");
        // MySQL's own way to take a password without TLS; the key comes from the server that gets the password.
        options.setProperty("allowPublicKeyRetrieval", "true");
        if (url.isJdbc()) {
            options.putAll(url.options());
        }
        url.option("ssl_ca").ifPresent(file -> {
            options.setProperty("sslMode", "verify-ca");
            options.setProperty("serverSslCert", file);
        });
        url.user().ifPresent(user -> options.setProperty("user", user));
        url.password().ifPresent(password -> options.setProperty("password", password));
        String authority = url.authority().isEmpty() ? "localhost" : url.authority();
        Connection connection = JdbcDrivers.connect(
                "org.mariadb.jdbc.Driver",
                "mariadb-java-client (MariaDB Connector/J)",
                "jdbc:mariadb://" + authority + '/' + url.database(),
                options,
                url.place());
        return ServerSession.of(connection, this::prepare);
    }

    @Override
    public DirectoryException failure(SQLException error) {
        return new DirectoryException(description() + ' ' + MariaDbFailure.inWords(error, url) + '.', error);
    }

    @Override
    public Duration longestTransaction() {
        return LONGEST_TRANSACTION;
    }

    @Override
    public String quoted(String identifier) {
        return '`' + identifier + '`';
    }

    @Override
    public String chunkDigests(MailmanTable table) {
        String row = table.columns().stream()
                .map(MariaDbDialect::legible)
                .collect(Collectors.joining(", ", "MD5(CONCAT_WS(',', id, ", "))"));
        // A row that is too large for the server's buffers has no digest: then the chunk counts as changed.
        String doubt = table == MailmanTable.LIST ? ", IF(COUNT(" + row + ") < COUNT(*), RAND(), '')" : "";
        return """
                SELECT id DIV %1$d, CONCAT(BIT_XOR(CAST(CONV(LEFT(%2$s, 16), 16, 10) AS UNSIGNED))%4$s)
                FROM %3$s WHERE id >= ? * %1$d AND id < (? + 1) * %1$d
                GROUP BY id DIV %1$d""".formatted(MailmanTable.CHUNK_ROWS, row, quoted(table.tableName()), doubt);
    }

    @Override
    public int chunksAtATime() {
        return CHUNKS_AT_A_TIME;
    }

    /** A column's value as text that is not to be mistaken for another, whatever stands beside it. */
    private static String legible(String column) {
        // Of a password only whether there is one.
        return column.equals("moderator_password") ? "moderator_password IS NULL" : "QUOTE(" + column + ')';
    }

    private ServerSession.Nature prepare(Statement statement) throws SQLException {
        boolean isMariaDb =
                "MariaDB".equals(statement.getConnection().getMetaData().getDatabaseProductName());
        String longest = isMariaDb
                ? "max_statement_time = " + ServerLimits.STATEMENT.toSeconds()
                : "max_execution_time = " + ServerLimits.STATEMENT.toMillis();
        statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        statement.execute("SET SESSION " + longest + ", lock_wait_timeout = " + ServerLimits.LOCK.toSeconds());
        boolean isExact = none(
                statement,
                "COLUMNS",
                "COLUMN_NAME IN ('email', 'list_id', 'list_name', 'mail_host')"
                        + " AND COLLATION_NAME NOT LIKE '%\\_bin'");
        if (!isExact) {
            LOGGER.warn(
                    "{} compares text without regard to case, or to accents: all posts are left to Mailman. Give the"
                            + " columns the collation that Mailman's own schema has, utf8_bin.",
                    description());
        }
        boolean isInnoDb = none(statement, "TABLES", "ENGINE <> 'InnoDB'");
        return new ServerSession.Nature(
                isInnoDb
                        ? MariaDbDialect::othersCommits
                        : any -> UUID.randomUUID().toString(),
                new Comparisons(isExact, true, isInnoDb));
    }

    /** Whether there is none among Mailman's tables, or their columns. */
    private static boolean none(Statement statement, String what, String condition) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM information_schema." + what
                + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (" + TABLES + ") AND " + condition)) {
            return count.next() && count.getInt(1) == 0;
        }
    }

    private static String othersCommits(Statement statement) throws SQLException {
        return String.valueOf(commits("GLOBAL", statement) - commits("SESSION", statement));
    }

    private static long commits(String scope, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW " + scope + " STATUS LIKE 'Handler_commit'")) {
            return row.next() ? row.getLong(2) : 0;
        }
    }
}
