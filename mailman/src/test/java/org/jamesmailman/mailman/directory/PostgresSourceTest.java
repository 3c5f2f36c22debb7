// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jamesmailman.mailman.directory.unixsocket.UnixSocketFactory;
import org.jamesmailman.testing.PrivatePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reads a database of PostgreSQL that Mailman itself makes and changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSourceTest implements DatabaseServerContract {
    private PrivatePostgres postgres;
    private MailmanSite mailman;

    @BeforeAll
    void start(@TempDir Path directory) {
        postgres = PrivatePostgres.start();
        postgres.createDatabase("mailman", "owner");
        postgres.execute("postgres", "CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD + "'");
        mailman = MailmanSite.start(directory, """
                [database]
                class: mailman.database.postgresql.PostgreSQLDatabase
                url: %s
                """.formatted(url("mailman", "owner", "mailman")));
        DocumentedGrants.of("postgresql", "mailman").forEach(this::execute);
        ContractSite.make(mailman);
    }

    @AfterAll
    void stop() {
        mailman.close();
        postgres.close();
    }

    @BeforeEach
    void removeTheListOfTheTestBefore() {
        mailman.run("forget('cat@example.com')");
    }

    @Override
    public MailmanSite mailman() {
        return mailman;
    }

    @Override
    public String url(String user, String password, String database) {
        return "postgresql+psycopg2://" + user + ':' + URLEncoder.encode(password, StandardCharsets.UTF_8)
                + "@127.0.0.1:" + port() + '/' + database;
    }

    @Override
    public int port() {
        return postgres.port();
    }

    @Override
    public void execute(String sql) {
        try (Connection connection = writer();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public Connection writer() throws SQLException {
        Properties options = new Properties();
        options.setProperty("user", "postgres");
        options.setProperty("sslmode", "disable");
        options.setProperty("socketFactory", UnixSocketFactory.class.getName());
        options.setProperty("socketFactoryArg", postgres.socketDirectory() + "/.s.PGSQL." + port());
        return DriverManager.getConnection("jdbc:postgresql://localhost/mailman", options);
    }

    @Override
    public void cutTheReadersConnections() {
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'reader'");
    }

    @Override
    public void changeTheReadersPassword(String password) {
        execute("ALTER ROLE reader PASSWORD '" + password + "'");
    }

    @Override
    public void stopServer() {
        postgres.stop();
    }

    @Override
    public void startServer() {
        postgres.restart();
    }

    @Override
    public String lockOfBans() {
        return "LOCK TABLE ban";
    }

    @Override
    public String unlock() {
        return "SELECT 1";
    }

    private static void assertReads(String url) throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of(url)) {
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    @Test
    void takesUrlsAsMailmanAndJdbcHaveThem() throws Exception {
        String password = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        String place = "127.0.0.1:" + port() + "/mailman";
        assertReads("postgres://reader:" + password + '@' + place);
        assertReads("postgresql://reader:" + password + '@' + place + "?sslmode=prefer&client_encoding=utf8");
        assertReads("postgresql://reader:" + password + "@/mailman?host=127.0.0.1&port=" + port());
        assertReads("jdbc:postgresql://" + place + "?user=reader&password=" + password + "&sslmode=disable");
        assertReads("postgresql://reader@/mailman?host=" + postgres.socketDirectory() + "&port=" + port());
        assertReads("postgresql://reader@:" + port() + "/mailman?host=" + postgres.socketDirectory());
    }

    @Test
    void triesThePatternsFirstOverWhichMailmanMayStumble() throws Exception {
        execute("INSERT INTO ban (email) VALUES ('^a.*'), ('^(')");
        try (DirectorySource source = source()) {
            assertThat(source.load().siteBans().patterns()).containsExactly("^(", "^eve", "^a.*");
        } finally {
            execute("DELETE FROM ban WHERE email IN ('^a.*', '^(')");
        }
    }
}
