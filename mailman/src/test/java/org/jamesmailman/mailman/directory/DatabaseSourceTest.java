// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reads databases that Mailman itself makes and changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseSourceTest {
    private Path directory;
    private MailmanSite mailman;

    @BeforeAll
    void startMailman(@TempDir Path forAllTests) {
        directory = forAllTests;
        mailman = MailmanSite.start(directory);
        ContractSite.make(mailman);
    }

    @AfterAll
    void stopMailman() {
        mailman.close();
    }

    @BeforeEach
    void removeTheListOfTheTestBefore() {
        mailman.run("forget('cat@example.com'); forget('odd@example.com')");
    }

    @Nested
    class Contract implements DirectorySourceContract {
        @Override
        public DirectorySource source() {
            try {
                return DatabaseSource.of(mailman.jdbcUrl());
            } catch (DirectoryException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void addList() {
            mailman.run("create_list('cat@example.com')");
        }
    }

    private Snapshot load() throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of(mailman.jdbcUrl())) {
            return source.load();
        }
    }

    private MailingList load(String postingAddress) throws DirectoryException {
        return load().list(postingAddress).orElseThrow();
    }

    /** Sets columns of a new list to what Mailman never puts there. */
    private MailingList oddList(String assignments) throws DirectoryException {
        mailman.run("create_list('odd@example.com')");
        mailman.run("sql(\"UPDATE mailinglist SET " + assignments + " WHERE list_name = 'odd'\")");
        return load("odd@example.com");
    }

    @Test
    void takesTheUrlOfMailmanCfgAsWell() throws Exception {
        try (DatabaseSource source = DatabaseSource.of("sqlite:///" + mailman.database() + "?timeout=30")) {
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    @Test
    void prefersAnExplicitMembershipToOneByPreferredAddress() throws Exception {
        mailman.run("""
                create_list('cat@example.com')
                both = user('both@cat.example', 'other@cat.example')
                by_user = mlist('cat@example.com').subscribe(both)
                by_user.moderation_action = Action.discard
                subscribe('cat@example.com', 'both@cat.example', action=Action.accept)
                only = user('only@cat.example')
                mlist('cat@example.com').subscribe(only).moderation_action = Action.hold
                """);
        Roster members = load("cat@example.com").members();
        assertThat(members.find("both@cat.example")).contains(new Membership(Optional.of(ModerationAction.ACCEPT)));
        assertThat(members.find("only@cat.example")).contains(new Membership(Optional.of(ModerationAction.HOLD)));
        assertThat(members.find("other@cat.example")).isEmpty();
        assertThat(members.size()).isEqualTo(2);
    }

    @Test
    void followsAUsersPreferredAddress() throws Exception {
        mailman.run("""
                create_list('cat@example.com')
                mover = user('old@mover.example', 'new@mover.example')
                mlist('cat@example.com').subscribe(mover)
                """);
        assertThat(load("cat@example.com").members().find("old@mover.example")).isPresent();
        mailman.run("""
                address('new@mover.example').verified_on = now()
                users().get_user('old@mover.example').preferred_address = address('new@mover.example')
                """);
        assertThat(load("cat@example.com").members().find("old@mover.example")).isEmpty();
        assertThat(load("cat@example.com").members().find("new@mover.example")).isPresent();
        mailman.run("del users().get_user('old@mover.example').preferred_address");
        assertThat(load("cat@example.com").members().size()).isZero();
    }

    @Test
    void readsTheLegacyListsWhateverTheirLength() throws Exception {
        mailman.run("""
                cat = create_list('cat@example.com')
                cat.hold_these_nonmembers = ['%d@example.com' % i for i in range(3000)] + ['x' * 70000, 'x' * 70000]
                """);
        LegacyNonmembers nonmembers = load("cat@example.com").settings().nonmembers();
        assertThat(nonmembers.legible()).isTrue();
        assertThat(nonmembers.hold()).hasSize(3002).startsWith("0@example.com").endsWith("x".repeat(70000));
    }

    @Test
    void takesAnEmptyModeratorPasswordForOne() throws Exception {
        mailman.run("create_list('cat@example.com').moderator_password = b''");
        assertThat(load("cat@example.com").settings().hasModeratorPassword()).isTrue();
    }

    @Test
    void leavesToMailmanWhatItStumblesOn() throws Exception {
        ListSettings settings = oddList("posting_chain = NULL, emergency = NULL, autorespond_postings = NULL,"
                        + " dmarc_mitigate_action = 9, default_member_action = NULL, default_nonmember_action = 17,"
                        + " accept_these_nonmembers = NULL")
                .settings();
        assertThat(settings.postingChain()).isNotEqualTo(ListSettings.DEFAULT_POSTING_CHAIN);
        assertThat(settings.emergency()).isFalse();
        assertThat(settings.autorespondPostings()).isTrue();
        assertThat(settings.dmarcMitigation()).isEqualTo(DmarcMitigation.MAY_REJECT_OR_DISCARD);
        assertThat(settings.defaultMemberAction()).isEmpty();
        assertThat(settings.defaultNonmemberAction()).isEmpty();
        assertThat(settings.nonmembers()).isEqualTo(LegacyNonmembers.ILLEGIBLE);
    }

    @Test
    void doesNotLetOneOddListHideTheOthers() throws Exception {
        mailman.run("create_list('odd@example.com')");
        mailman.run("sql(\"UPDATE mailinglist SET list_name = NULL, hold_these_nonmembers = x'8005' WHERE list_name ="
                + " 'odd'\")");
        Snapshot snapshot = load();
        assertThat(snapshot.list("ant@example.com")).isPresent();
        assertThat(snapshot.listCount()).isEqualTo(2);
    }

    @Test
    void leavesToMailmanAMemberWithAnUnknownAction() throws Exception {
        mailman.run("create_list('cat@example.com'); subscribe('cat@example.com', 'fay@example.com')");
        mailman.run("sql(\"UPDATE member SET moderation_action = 77 WHERE list_id = 'cat.example.com'\")");
        assertThat(load("cat@example.com").members().find("fay@example.com"))
                .contains(new Membership(Optional.of(ModerationAction.HOLD)));
    }

    @Test
    void leavesToMailmanBansAndHeaderMatchesWithoutText() throws Exception {
        mailman.run("create_list('cat@example.com')");
        mailman.run("sql(\"INSERT INTO ban (list_id) VALUES ('cat.example.com')\")");
        mailman.run("sql(\"INSERT INTO headermatch (mailing_list_id, position) SELECT id, 0 FROM mailinglist WHERE"
                + " list_name = 'cat'\")");
        MailingList cat = load("cat@example.com");
        assertThat(cat.bans().patterns()).containsExactly("^(");
        assertThat(cat.settings().headerMatches()).containsExactly(new HeaderMatch("", "", Optional.of("")));
    }

    @Test
    void seesTheDatabaseThatIsPutInTheOldOnesPlace() throws Exception {
        Path file =
                Files.copy(mailman.database(), directory.resolve("replaced.db"), StandardCopyOption.REPLACE_EXISTING);
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            source.load();
            assertThat(source.hasChanged()).isFalse();
            mailman.run("create_list('cat@example.com')");
            Path other =
                    Files.copy(mailman.database(), directory.resolve("other.db"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.load().list("cat@example.com")).isPresent();
            assertThat(source.hasChanged()).isFalse();
        }
    }

    @Test
    void readsAFileWhoseNameIsFullOfUriCharacters() throws Exception {
        Path file = Files.copy(
                mailman.database(),
                directory.resolve("a b?mode=rwc&c#d%41ü;e.db"),
                StandardCopyOption.REPLACE_EXISTING);
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            assertThat(source.load().list("ant@example.com")).isPresent();
        }
    }

    @Test
    void neverWritesOrLeavesAnythingBeside() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("alone"));
        Path file = Files.copy(mailman.database(), folder.resolve("mailman.db"), StandardCopyOption.REPLACE_EXISTING);
        byte[] before = Files.readAllBytes(file);
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            source.load();
            source.hasChanged();
            try (Stream<Path> beside = Files.list(folder)) {
                assertThat(beside).containsExactly(file);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void doesNotCreateADatabaseThatIsNotThere() throws Exception {
        Path file = directory.resolve("missing.db");
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessage("Mailman's database " + file + " is not there; check [database] url in mailman.cfg, or"
                            + " directory.database.url in mailman.properties.");
            assertThatThrownBy(source::hasChanged).isInstanceOf(DirectoryException.class);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void namesAnUnknownRevisionTheKnownOnesAndTheWayOut() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("newer.db"), StandardCopyOption.REPLACE_EXISTING);
        execute(file, "UPDATE alembic_version SET version_num = '2156fc3f6f7d'");
        assertFails(
                file,
                "Mailman's database " + file + " has the schema revision \"2156fc3f6f7d\", but this version knows only"
                        + " 98224512c9c2 (Mailman 3.3.5 to 3.3.8); use a version of james-mailman made for that Mailman,"
                        + " or set directory.source=file in mailman.properties.");
    }

    @Test
    void refusesADatabaseWithoutARevision() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("none.db"), StandardCopyOption.REPLACE_EXISTING);
        execute(file, "DELETE FROM alembic_version");
        assertFails(file, "has the schema revision \"\", but");
    }

    @Test
    void saysOfAnEmptyFileThatMailmanHasNotSetItUp() throws Exception {
        Path file = Files.write(directory.resolve("empty.db"), new byte[0]);
        assertFails(file, "has no table alembic_version, so Mailman has not set it up: start Mailman once");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Path file = Files.writeString(directory.resolve("text.db"), "no database\n".repeat(1000));
        assertFails(file, "is damaged, or no SQLite database; check [database] url in mailman.cfg.");
    }

    @Test
    void refusesATruncatedDatabase() throws Exception {
        byte[] whole = Files.readAllBytes(mailman.database());
        Path file = Files.write(directory.resolve("cut.db"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(file, "is damaged, or no SQLite database");
    }

    @Test
    void refusesUrlsThatItCannotReadWithoutRepeatingThem() {
        for (String url : List.of(
                "oracle://mailman:secret@localhost/mailman",
                "jdbc:sqlserver://localhost/mailman?password=secret",
                "")) {
            assertThatThrownBy(() -> DatabaseSource.of(url))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining("secret");
        }
        for (String url : List.of("sqlite:///mailman.db", "jdbc:sqlite:mailman.db", "jdbc:sqlite::memory:")) {
            assertThatThrownBy(() -> DatabaseSource.of(url))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("must hold the file's absolute path");
        }
    }

    @Test
    void saysWhichJarHoldsAMissingDriver() {
        assertThatThrownBy(() -> JdbcDrivers.load("org.example.Missing", "example-jdbc"))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("The database driver org.example.Missing is missing: put the JAR of example-jdbc into"
                        + " extensions-jars/, beside that of james-mailman.");
    }

    @Test
    void saysOfAHalfWrittenDatabaseThatMailmanMendsIt() throws Exception {
        Path writing =
                Files.copy(mailman.database(), directory.resolve("writing.db"), StandardCopyOption.REPLACE_EXISTING);
        Path half = directory.resolve("half.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + writing);
                Statement statement = other.createStatement()) {
            // With so little room, SQLite writes before the commit; the copy is what a crash leaves.
            statement.execute("PRAGMA cache_size = 1");
            statement.execute("BEGIN");
            statement.executeUpdate("INSERT INTO ban (email) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                    + " FROM n WHERE i < 20000) SELECT 'b' || i || '@example.com' FROM n");
            Files.copy(writing, half, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    directory.resolve("writing.db-journal"),
                    directory.resolve("half.db-journal"),
                    StandardCopyOption.REPLACE_EXISTING);
            statement.execute("ROLLBACK");
        }
        assertFails(half, "was left in the middle of a change by a program that died; start Mailman, which mends it.");
    }

    @Test
    void noticesThatMailmanIsUpgradedMeanwhile() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("aging.db"), StandardCopyOption.REPLACE_EXISTING);
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            source.load();
            execute(file, "UPDATE alembic_version SET version_num = '2156fc3f6f7d'");
            assertThat(source.hasChanged()).isTrue();
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("has the schema revision");
        }
    }

    @Test
    void letsAKeeperStartWithWhatWasSavedWhileTheDatabaseIsGone() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("going.db"), StandardCopyOption.REPLACE_EXISTING);
        Optional<Path> saved = Optional.of(directory.resolve("going.snapshot"));
        Snapshot before;
        try (DirectoryKeeper keeper = DirectoryKeeper.start(
                DatabaseSource.of("jdbc:sqlite:" + file), Duration.ofMillis(100), Duration.ZERO, saved)) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            before = keeper.current().orElseThrow();
        }
        Files.delete(file);
        try (DirectoryKeeper keeper = DirectoryKeeper.start(
                DatabaseSource.of("jdbc:sqlite:" + file), Duration.ofMillis(100), Duration.ZERO, saved)) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            Eventually.await("the keeper has met the failure", keeper::isFailing);
            assertThat(SnapshotContent.of(keeper.current().orElseThrow())).isEqualTo(SnapshotContent.of(before));
            assertThat(keeper.maySupportRefusals()).isTrue();
        }
    }

    @Test
    void saysThatTheDatabaseIsLockedAndReadsItAfterwards() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("locked.db"), StandardCopyOption.REPLACE_EXISTING);
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            source.load();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                assertThatThrownBy(source::hasChanged)
                        .isInstanceOf(DirectoryException.class)
                        .hasMessageContaining("is locked by another program");
                assertThatThrownBy(source::load)
                        .isInstanceOf(DirectoryException.class)
                        .hasMessageContaining("is locked by another program");
                statement.execute("ROLLBACK");
            }
            assertThat(source.load().list("ant@example.com")).isPresent();
            assertThat(source.hasChanged()).isFalse();
        }
    }

    @Test
    void readsMoreRowsThanOneChunkHolds() throws Exception {
        mailman.run("""
                create_list('cat@example.com')
                for i in range(5300):
                    sql("INSERT INTO address (email) VALUES (:email)", email='m%d@many.example' % i)
                sql("INSERT INTO member (role, list_id, address_id)"
                    " SELECT 1, 'cat.example.com', id FROM address WHERE email LIKE 'm%@many.example'")
                """);
        Roster members = load("cat@example.com").members();
        assertThat(members.size()).isEqualTo(5300);
        assertThat(members.find("m0@many.example")).isPresent();
        assertThat(members.find("m5299@many.example")).isPresent();
    }

    @Test
    void doesNotKeepMailmanFromWriting() throws Exception {
        try (DatabaseSource source = new DatabaseSource(DatabaseDialects.of(mailman.jdbcUrl()), Clock.systemUTC())) {
            source.load();
            for (int i = 0; i < 5; i++) {
                mailman.run("IBanManager(None).ban('w%d@example.com')".formatted(i));
                assertThat(source.hasChanged()).isTrue();
                assertThat(source.load().siteBans().literals()).contains("w%d@example.com".formatted(i));
            }
        }
        mailman.run("[IBanManager(None).unban('w%d@example.com' % i) for i in range(5)]");
    }

    @Test
    void letsAKeeperSeeWhatMailmanChanges() throws Exception {
        try (DirectoryKeeper keeper = DirectoryKeeper.start(
                DatabaseSource.of(mailman.jdbcUrl()), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            assertThat(keeper.current().orElseThrow().list("cat@example.com")).isEmpty();
            mailman.run("create_list('cat@example.com')");
            awaitList(keeper, list -> true);
            mailman.run("subscribe('cat@example.com', 'gus@example.com')");
            awaitList(keeper, list -> list.members().find("gus@example.com").isPresent());
            mailman.run("IBanManager(mlist('cat@example.com')).ban('hal@example.com')");
            awaitList(keeper, list -> list.bans().literals().contains("hal@example.com"));
        }
    }

    private static void awaitList(DirectoryKeeper keeper, Predicate<MailingList> condition) throws Exception {
        Eventually.await("the keeper has seen the change", () -> keeper.current()
                .flatMap(snapshot -> snapshot.list("cat@example.com"))
                .filter(condition)
                .isPresent());
    }

    @Test
    void letsAKeeperOutliveALockedDatabase() throws Exception {
        Path file = Files.copy(mailman.database(), directory.resolve("kept.db"), StandardCopyOption.REPLACE_EXISTING);
        try (DirectoryKeeper keeper = DirectoryKeeper.start(
                DatabaseSource.of("jdbc:sqlite:" + file), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(30));
            Snapshot before = keeper.current().orElseThrow();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                statement.executeUpdate("INSERT INTO ban (email) VALUES ('ida@example.com')");
                Eventually.await("the keeper has met the lock", keeper::isFailing);
                assertThat(keeper.current()).containsSame(before);
                statement.execute("COMMIT");
            }
            Eventually.await(
                    "the keeper reads again",
                    () -> keeper.current().orElseThrow().siteBans().literals().contains("ida@example.com"));
        }
    }

    private static void assertFails(Path file, String message) throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of("jdbc:sqlite:" + file)) {
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining(message)
                    .hasMessageEndingWith(".");
        }
    }

    private static void execute(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
