// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jamesmailman.testing.PrivateMariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reads a database of MariaDB that Mailman itself makes and changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbSourceTest implements DatabaseServerContract {
    private PrivateMariaDb mariaDb;
    private MailmanSite mailman;

    @BeforeAll
    void start(@TempDir Path directory) {
        mariaDb = PrivateMariaDb.start();
        mariaDb.createDatabase("mailman", "owner");
        mariaDb.execute("mysql", "CREATE USER stranger@'%' IDENTIFIED BY '" + PASSWORD + "'");
        mailman = MailmanSite.start(directory, """
                [database]
                class: mailman.database.mysql.MySQLDatabase
                url: %s?charset=utf8mb4
                """.formatted(url("mailman", "owner", "mailman")));
        DocumentedGrants.of("mysql", "mailman").forEach(this::execute);
        execute("GRANT SELECT ON mailman.uid TO stranger@'%'");
        ContractSite.make(mailman);
    }

    @AfterAll
    void stop() {
        mailman.close();
        mariaDb.close();
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
        return "mysql+pymysql://" + user + ':' + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@127.0.0.1:"
                + port() + '/' + database;
    }

    @Override
    public int port() {
        return mariaDb.port();
    }

    @Override
    public void execute(String sql) {
        try (Connection connection = writer();
                Statement statement = connection.createStatement()) {
            statement.execute("SET foreign_key_checks = 0");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public Connection writer() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port() + "/mailman?user=root");
    }

    @Override
    public void cutTheReadersConnections() {
        execute("KILL USER reader");
    }

    @Override
    public void changeTheReadersPassword(String password) {
        execute("SET PASSWORD FOR reader@'%' = PASSWORD('" + password + "')");
    }

    @Override
    public void stopServer() {
        mariaDb.stop();
    }

    @Override
    public void startServer() {
        mariaDb.restart();
    }

    @Override
    public String lockOfBans() {
        return "LOCK TABLES ban WRITE";
    }

    @Override
    public String unlock() {
        return "UNLOCK TABLES";
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
        assertReads("mysql://reader:" + password + '@' + place);
        assertReads("mysql+mysqldb://reader:" + password + '@' + place + "?charset=utf8&use_unicode=1");
        assertReads("mariadb://reader:" + password + '@' + place);
        assertReads("jdbc:mysql://" + place + "?user=reader&password=" + password);
        assertReads("jdbc:mariadb://" + place + "?user=reader&password=" + password + "&sslMode=disable");
    }

    @Test
    void saysThatItCannotUseAUnixSocket() throws Exception {
        try (DatabaseSource source =
                DatabaseSource.of("mysql://reader:s3cr3t@localhost/mailman?unix_socket=" + mariaDb.socket())) {
            assertThatThrownBy(source::load)
                    .hasMessageContaining("is named by a Unix socket, which the driver cannot use; set"
                            + " directory.database.url in mailman.properties")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void takesABanWithBlanksAtItsEndForOneWithout() throws Exception {
        execute("INSERT INTO ban (email) VALUES ('blank@example.com  '), ('^blank  ')");
        try (DirectorySource source = source()) {
            Bans bans = source.load().siteBans();
            assertThat(bans.literals()).contains("blank@example.com");
            assertThat(bans.patterns()).contains("^blank  ");
        } finally {
            execute("DELETE FROM ban WHERE email LIKE '%blank%'");
        }
    }

    @Test
    void leavesToMailmanWhatIsComparedWithoutRegardToCase() throws Exception {
        execute("ALTER TABLE ban MODIFY email VARCHAR(255) COLLATE utf8mb4_general_ci");
        try (DirectorySource source = source()) {
            assertThat(source.load()
                            .list("ant@example.com")
                            .orElseThrow()
                            .settings()
                            .postingChain())
                    .isEqualTo(ListSettings.UNKNOWN_POSTING_CHAIN);
        } finally {
            execute("ALTER TABLE ban MODIFY email VARCHAR(255) COLLATE utf8mb3_bin");
        }
    }

    @Test
    void takesATableOfAnotherEngineForOneThatMayAlwaysHaveChanged() throws Exception {
        execute("ALTER TABLE ban ENGINE = MyISAM");
        try (DatabaseSource source = (DatabaseSource) source()) {
            source.load();
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.load().siteBans().literals()).contains("eve@example.com");
        } finally {
            execute("ALTER TABLE ban ENGINE = InnoDB");
        }
    }
}
