// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jamesmailman.testing.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every database server makes of a site of Mailman's own making. The source logs in as {@link #READER}, who may
 * read and nothing else.
 */
interface DatabaseServerContract extends DirectorySourceContract {
    /** Who may read. */
    String READER = "reader";

    /** Whom nothing may show. */
    String PASSWORD = "s3cr3t/@:%word";

    /** Mailman, at work on the database. */
    MailmanSite mailman();

    /** Mailman's URL of the database, for this user and this password. */
    String url(String user, String password, String database);

    /** Runs a statement on the database, as somebody who may do everything, without heed to foreign keys. */
    void execute(String sql);

    /** A connection of somebody who may write. */
    Connection writer() throws SQLException;

    /** Cuts all of the reader's connections. */
    void cutTheReadersConnections();

    void changeTheReadersPassword(String password);

    void stopServer();

    void startServer();

    private DatabaseSource open() {
        try {
            return DatabaseSource.of(url(READER, PASSWORD, "mailman"));
        } catch (DirectoryException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    default DirectorySource source() {
        return open();
    }

    @Override
    default void addList() {
        mailman().run("create_list('cat@example.com')");
    }

    private void ban(Connection writer, String email) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.executeUpdate("INSERT INTO ban (email) VALUES ('" + email + "')");
        }
    }

    private static boolean bans(Snapshot snapshot, String email) {
        return snapshot.siteBans().literals().contains(email);
    }

    /** Reads until there is no more news: a table that has grown is gone through in more than one reading. */
    private static Snapshot settled(DatabaseSource source) throws DirectoryException {
        Snapshot snapshot = source.load();
        for (int i = 0; i < 5 && source.hasChanged(); i++) {
            snapshot = source.load();
        }
        assertThat(source.hasChanged()).isFalse();
        return snapshot;
    }

    @Test
    default void missesNoTransactionThatIsUnderWayWhileItReads() throws Exception {
        try (DatabaseSource source = open();
                Connection writer = writer()) {
            settled(source);
            writer.setAutoCommit(false);
            ban(writer, "late@example.com");
            assertThat(bans(settled(source), "late@example.com")).isFalse();
            writer.commit();
            assertThat(source.hasChanged()).isTrue();
            assertThat(bans(settled(source), "late@example.com")).isTrue();
        } finally {
            execute("DELETE FROM ban WHERE email = 'late@example.com'");
        }
    }

    @Test
    default void readsOnBesideLongTransactionsOfOthers() throws Exception {
        try (DatabaseSource source = open();
                Connection idle = writer();
                Connection writer = writer()) {
            idle.setAutoCommit(false);
            ban(idle, "never@example.com");
            settled(source);
            for (int i = 0; i < 5; i++) {
                ban(writer, "w" + i + "@example.com");
                assertThat(source.hasChanged()).isTrue();
                assertThat(bans(settled(source), "w" + i + "@example.com")).isTrue();
            }
            idle.rollback();
        } finally {
            execute("DELETE FROM ban WHERE email LIKE 'w%@example.com'");
        }
    }

    @Test
    default void doesNotTakeItsOwnReadingForNews() throws Exception {
        try (DatabaseSource source = open()) {
            settled(source);
            source.load();
            assertThat(source.hasChanged()).isFalse();
        }
    }

    @Test
    default void letsAKeeperSeeWhatMailmanChanges() throws Exception {
        try (DirectoryKeeper keeper =
                DirectoryKeeper.start(open(), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            mailman().run("create_list('cat@example.com')");
            awaitList(keeper, list -> true);
            mailman().run("subscribe('cat@example.com', 'gus@example.com')");
            awaitList(keeper, list -> list.members().find("gus@example.com").isPresent());
            mailman().run("IBanManager(mlist('cat@example.com')).ban('hal@example.com')");
            awaitList(keeper, list -> list.bans().literals().contains("hal@example.com"));
        }
    }

    private static void awaitList(DirectoryKeeper keeper, Predicate<MailingList> condition) throws Exception {
        Eventually.await("the keeper has seen the change", () -> keeper.current()
                .flatMap(snapshot -> snapshot.list("cat@example.com"))
                .filter(condition)
                .isPresent());
    }

    @ParameterizedTest
    @EnumSource
    default void givesAnotherDigestForEachChangeThatMatters(MailmanTable table) throws Exception {
        DatabaseDialect dialect = DatabaseDialects.of(url(READER, PASSWORD, "mailman"));
        String name = dialect.quoted(table.tableName());
        execute("CREATE TABLE kept AS SELECT * FROM " + name);
        try (DatabaseSession session = dialect.open()) {
            Map<Long, String> before = digests(session, dialect, table);
            for (String column : table.columns()) {
                for (String value : values(column)) {
                    execute("UPDATE " + name + " SET " + column + " = " + value + " WHERE id = 2");
                    Map<Long, String> digests = digests(session, dialect, table);
                    assertThat(digests).containsOnlyKeys(0L);
                    assertThat(digests).as(column + " is " + value).isNotEqualTo(before);
                    assertThat(digests(session, dialect, table)).isEqualTo(digests);
                    before = digests;
                }
            }
            execute("UPDATE " + name + " SET id = 4099 WHERE id = 2");
            Map<Long, String> moved = digests(session, dialect, table);
            assertThat(moved).containsOnlyKeys(0L, 4L);
            assertThat(moved.get(0L)).isNotEqualTo(before.get(0L));
            execute("UPDATE " + name + " SET id = 4098 WHERE id = 4099");
            assertThat(digests(session, dialect, table).get(4L)).isNotEqualTo(moved.get(4L));
            assertThat(digests(session, dialect, table).get(0L)).isEqualTo(moved.get(0L));
            execute("DELETE FROM " + name + " WHERE id = 4098");
            assertThat(digests(session, dialect, table)).isEqualTo(Map.of(0L, moved.get(0L)));
        } finally {
            execute("DELETE FROM " + name);
            execute("INSERT INTO " + name + " SELECT * FROM kept");
            execute("DROP TABLE kept");
        }
    }

    /** Values for a column, of which no two that follow each other are one, nor is the first the one that it has. */
    private static List<String> values(String column) {
        return switch (column) {
            case "emergency" -> List.of("FALSE", "TRUE", "NULL");
            // Only whether there is one matters.
            case "moderator_password" -> List.of("NULL", "'x'");
            case "mailing_list_id" -> List.of("7", "8");
            case "_member_id" -> List.of("'00000000000000000000000000000001'", "'00000000000000000000000000000002'");
            case "list_id", "list_name", "mail_host", "posting_chain", "header", "pattern", "chain", "email" ->
                List.of("'one'", "'One'", "'one '", "'\u00f6ne'", "''", "NULL");
            case "accept_these_nonmembers",
                    "hold_these_nonmembers",
                    "reject_these_nonmembers",
                    "discard_these_nonmembers" -> List.of("'one'", "'One'", "''", "NULL");
            default -> List.of("7", "8", "NULL");
        };
    }

    @Test
    default void namesTheWrongPasswordWithoutRepeatingIt() throws Exception {
        try (DatabaseSource source = DatabaseSource.of(url(READER, "wr0ngpass", "mailman"))) {
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("refuses")
                    .hasMessageContaining("password; correct [database] url in mailman.cfg")
                    .hasMessageEndingWith(".")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("wr0ngpass"));
        }
    }

    @Test
    default void hidesThePasswordWhereverItShowsItself() throws Exception {
        DatabaseDialect dialect = DatabaseDialects.of(url(READER, PASSWORD, "mailman"));
        assertThat(dialect.description() + dialect).doesNotContain(PASSWORD).doesNotContain("s3cr3t");
        assertThat(ServerUrl.parse(url(READER, PASSWORD, "mailman"))
                        .orElseThrow()
                        .toString())
                .doesNotContain("s3cr3t");
        for (String url : List.of("xdb://u:s3cr3t@h/d", "postgresql:u:s3cr3t@h", "mysql//s3cr3t", "jdbc:x:s3cr3t")) {
            assertThatThrownBy(() -> DatabaseDialects.of(url)).hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    default void namesADatabaseThatIsNotThere() throws Exception {
        assertFails(url(READER, PASSWORD, "nowhere"), "is not there");
    }

    @Test
    default void saysThatNobodyAnswersAtThePort() throws Exception {
        String url = url(READER, PASSWORD, "mailman").replace(":" + port() + "/", ":" + FreePorts.next() + "/");
        assertFails(url, "cannot be reached");
    }

    @Test
    default void saysThatTheHostIsNotKnown() throws Exception {
        String url = url(READER, PASSWORD, "mailman").replace("127.0.0.1", "no-such-host.invalid");
        assertFails(url, "is on a host whose name is not known");
    }

    @Test
    default void namesTheGrantThatIsMissing() throws Exception {
        assertFails(url("stranger", PASSWORD, "mailman"), "GRANT SELECT ON");
    }

    @Test
    default void saysThatTheSchemaIsHalfMade() throws Exception {
        execute("ALTER TABLE headermatch RENAME TO elsewhere");
        try {
            assertFails(url(READER, PASSWORD, "mailman"), "lacks a part of Mailman's schema");
        } finally {
            execute("ALTER TABLE elsewhere RENAME TO headermatch");
        }
    }

    @Test
    default void saysThatMailmanHasNotSetItUp() throws Exception {
        execute("ALTER TABLE alembic_version RENAME TO elsewhere");
        try {
            assertFails(url(READER, PASSWORD, "mailman"), "has no table alembic_version");
        } finally {
            execute("ALTER TABLE elsewhere RENAME TO alembic_version");
        }
    }

    @Test
    default void refusesAnUnknownRevision() throws Exception {
        execute("UPDATE alembic_version SET version_num = '2156fc3f6f7d'");
        try {
            assertFails(url(READER, PASSWORD, "mailman"), "has the schema revision \"2156fc3f6f7d\", but");
        } finally {
            execute("UPDATE alembic_version SET version_num = '98224512c9c2'");
        }
    }

    @Test
    default void saysThatATableIsLockedAndReadsItAfterwards() throws Exception {
        try (DatabaseSource source = open();
                Connection writer = writer();
                Statement statement = writer.createStatement()) {
            source.load();
            writer.setAutoCommit(false);
            statement.execute(lockOfBans());
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("has a table that somebody else locks");
            writer.rollback();
            statement.execute(unlock());
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    /** A statement that keeps everybody else from the table {@code ban}. */
    String lockOfBans();

    /** A statement that undoes it, after the transaction. */
    String unlock();

    @Test
    default void connectsAnewWhenItsConnectionIsCut() throws Exception {
        try (DirectoryKeeper keeper =
                DirectoryKeeper.start(open(), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            cutTheReadersConnections();
            addList();
            awaitList(keeper, list -> true);
        }
    }

    @Test
    default void saysThatThePasswordWasChangedWhenItMustConnectAnew() throws Exception {
        try (DatabaseSource source = open()) {
            source.load();
            changeTheReadersPassword("another");
            cutTheReadersConnections();
            assertThatThrownBy(source::load).isInstanceOf(DirectoryException.class);
            assertThatThrownBy(source::load).hasMessageContaining("password; correct");
        } finally {
            changeTheReadersPassword(PASSWORD);
        }
        try (DatabaseSource source = open()) {
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    @Test
    default void readsTheRestAfterAReadingThatWasCutOff() throws Exception {
        long plenty = 1L << 40;
        try (CuttingProxy proxy = new CuttingProxy(port())) {
            String url = url(READER, PASSWORD, "mailman").replace(":" + port() + "/", ":" + proxy.port() + "/");
            proxy.cutAfter(plenty);
            assertReads(url);
            long all = proxy.passed(plenty);
            for (int tenth = 1; tenth < 10; tenth++) {
                try (DatabaseSource source = DatabaseSource.of(url)) {
                    proxy.cutAfter(all * tenth / 10);
                    assertThatThrownBy(source::load)
                            .isInstanceOf(DirectoryException.class)
                            .hasMessageStartingWith("Mailman's database ");
                    proxy.cutAfter(plenty);
                    assertThat(source.hasChanged()).isTrue();
                    Snapshot whole = source.load();
                    assertThat(whole.listCount()).isEqualTo(2);
                    assertThat(whole.list("ant@example.com")
                                    .orElseThrow()
                                    .members()
                                    .size())
                            .isEqualTo(3);
                    assertThat(whole.siteBans().patterns()).hasSize(1);
                }
            }
        }
    }

    private static void assertReads(String url) throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of(url)) {
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    @Test
    default void readsOnWhenTheServerIsBack() throws Exception {
        try (DirectoryKeeper keeper =
                DirectoryKeeper.start(open(), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            Snapshot before = keeper.current().orElseThrow();
            stopServer();
            try {
                Eventually.await("the keeper misses the server", keeper::isFailing);
                assertThat(keeper.current()).containsSame(before);
            } finally {
                startServer();
            }
            execute("INSERT INTO ban (email) VALUES ('back@example.com')");
            Eventually.await(
                    "the keeper reads again", () -> bans(keeper.current().orElseThrow(), "back@example.com"));
        } finally {
            execute("DELETE FROM ban WHERE email = 'back@example.com'");
        }
    }

    /** Of the server, on 127.0.0.1. */
    int port();

    private static void assertFails(String url, String message) throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of(url)) {
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageStartingWith("Mailman's database ")
                    .hasMessageContaining(message)
                    .hasMessageEndingWith(".")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cr3t"));
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Map<Long, String> digests(DatabaseSession session, DatabaseDialect dialect, MailmanTable table)
            throws SQLException {
        Map<Long, String> digests = new TreeMap<>();
        try (PreparedStatement query = session.connection().prepareStatement(dialect.chunkDigests(table))) {
            query.setLong(1, 0);
            query.setLong(2, 5);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    digests.put(rows.getLong(1), HexFormat.of().formatHex(rows.getBytes(2)));
                }
            }
        }
        session.connection().commit();
        return digests;
    }
}
