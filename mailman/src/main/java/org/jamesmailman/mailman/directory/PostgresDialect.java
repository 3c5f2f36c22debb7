// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jamesmailman.mailman.directory.unixsocket.UnixSocketFactory;

/**
 * PostgreSQL, through pgjdbc.
 *
 * <p>A transaction that reads keeps nobody from writing; it only keeps the server from clearing away what was deleted
 * meanwhile, so it may last some seconds. All of it sees one moment ({@code REPEATABLE READ}).
 *
 * <p>The sign of a change is the server's own list of transactions that are under way ({@code txid_current_snapshot}:
 * the oldest, the next, and those in between). Whoever writes gets a number, which is in that list, or beyond its end,
 * until the moment in which the change can be seen. So no change is missed. Changes of other databases of the same
 * server, and changes that were taken back, count as well.
 */
final class PostgresDialect implements DatabaseDialect {
    private static final String DEFAULT_PORT = "5432";
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /** 262,144 rows. */
    private static final int CHUNKS_AT_A_TIME = 256;

    /** Options of SQLAlchemy's URL, which are libpq's, that have the same name and meaning in pgjdbc. */
    private static final List<String> SHARED_OPTIONS = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    /** Where libpq, as Debian builds it, looks for a server when no host is given. */
    private static final String DEFAULT_SOCKETS = "/var/run/postgresql";

    private final ServerUrl url;

    /** The file of the server's Unix socket, unless it is talked to by TCP. */
    private final Optional<String> unixSocket;

    PostgresDialect(ServerUrl given) {
        if (given.isJdbc()) {
            this.url = given;
            this.unixSocket = Optional.empty();
            return;
        }
        // As libpq has it: the options win, and a host that is a path is the directory of the socket.
        String[] hostAndPort = given.authority().split(":(?=[0-9]*$)", 2);
        String host = given.option("host").orElse(hostAndPort[0]);
        String port = given.option("port").orElse(hostAndPort.length < 2 ? "" : hostAndPort[1]);
        String sockets = host.isEmpty() ? DEFAULT_SOCKETS : host;
        this.unixSocket = sockets.startsWith("/")
                ? Optional.of(sockets + "/.s.PGSQL." + (port.isEmpty() ? DEFAULT_PORT : port))
                : Optional.empty();
        this.url = given.at(unixSocket.orElse(port.isEmpty() ? host : host + ':' + port));
    }

    @Override
    public String description() {
        return "Mailman's database " + url.place();
    }

    @Override
    public DatabaseSession open() throws DirectoryException, SQLException {
        Properties options = new Properties();
        options.setProperty("ApplicationName", "james-mailman");
        options.setProperty("connectTimeout", seconds(ServerLimits.CONNECT));
        options.setProperty("loginTimeout", seconds(ServerLimits.LOG_IN));
        options.setProperty("socketTimeout", seconds(ServerLimits.ANSWER));
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("defaultRowFetchSize", String.valueOf(ServerLimits.ROWS_AT_ONCE));
        // A pool in front of the server (PgBouncer) may hand each transaction to another connection.
        options.setProperty("prepareThreshold", "0");
        if (url.isJdbc()) {
            options.putAll(url.options());
        }
        SHARED_OPTIONS.forEach(name -> url.option(name).ifPresent(value -> options.setProperty(name, value)));
        unixSocket.ifPresent(socket -> {
            options.setProperty("socketFactory", UnixSocketFactory.class.getName());
            options.setProperty("socketFactoryArg", socket);
            options.setProperty("sslmode", "disable");
        });
        url.user().ifPresent(user -> options.setProperty("user", user));
        url.password().ifPresent(password -> options.setProperty("password", password));
        String jdbcUrl = "jdbc:postgresql://"
                + unixSocket.map(socket -> "localhost").orElse(url.authority()) + '/' + encoded(url.database());
        Connection connection =
                JdbcDrivers.connect("org.postgresql.Driver", "postgresql (pgjdbc)", jdbcUrl, options, url.place());
        return ServerSession.of(connection, PostgresDialect::prepare);
    }

    @Override
    public DirectoryException failure(SQLException error) {
        return new DirectoryException(description() + ' ' + PostgresFailure.inWords(error, url) + '.', error);
    }

    @Override
    public Duration longestTransaction() {
        return LONGEST_TRANSACTION;
    }

    @Override
    public String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    /**
     * The digest is made of each row's {@code xmin}, the transaction that wrote it as it stands: cheaper than what was
     * written, and another one for every change. A server that was started anew may be another one, whose transactions
     * have the same numbers; so its start counts, too.
     */
    @Override
    public String chunkDigests(MailmanTable table) {
        return """
                SELECT id / %1$d,
                    concat(sum(hashtextextended(CAST(xmin AS text), id)), ' ', pg_postmaster_start_time())
                FROM %2$s WHERE id >= CAST(? AS bigint) * %1$d AND id < (CAST(? AS bigint) + 1) * %1$d
                GROUP BY id / %1$d""".formatted(MailmanTable.CHUNK_ROWS, quoted(table.tableName()));
    }

    @Override
    public int chunksAtATime() {
        return CHUNKS_AT_A_TIME;
    }

    private static ServerSession.Nature prepare(Statement statement) throws SQLException {
        statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        statement.execute("SET statement_timeout = '" + ServerLimits.STATEMENT.toMillis() + "ms'");
        statement.execute("SET lock_timeout = '" + ServerLimits.LOCK.toMillis() + "ms'");
        // A row that is changed moves, and rows come as they lie in the file.
        return new ServerSession.Nature(PostgresDialect::changeSignal, new Comparisons(true, false, false));
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static String changeSignal(Statement statement) throws SQLException {
        try (var result = statement.executeQuery("SELECT CAST(txid_current_snapshot() AS text)")) {
            return result.next() ? result.getString(1) : "";
        }
    }
}
