// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * That what was read by difference is what reading everything gives, however rows come, go and change, in a database
 * whose tables Mailman has made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseDifferenceTest {
    private static final int ROUNDS = 25;
    private static final int LISTS = 12;

    /** Ids go so far apart that a table is gone through in several steps. */
    private static final int MAX_ID = 300_000;

    private final long seed = Long.getLong("mailman.difference.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private Path made;
    private Path file;
    private Connection connection;
    private DatabaseSource source;

    @BeforeAll
    void letMailmanMakeTheTables(@TempDir Path directory) throws Exception {
        try (MailmanSite mailman = MailmanSite.start(directory)) {
            mailman.run("domains().add('example.com')");
            mailman.run("for n in range(%d): create_list('list%%d@example.com' %% n)".formatted(LISTS));
            made = Files.copy(mailman.database(), directory.resolve("made.db"));
            file = directory.resolve("changed.db");
        }
    }

    @BeforeEach
    void open() throws Exception {
        Files.copy(made, file, StandardCopyOption.REPLACE_EXISTING);
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        // No test pulls the plug.
        sql("PRAGMA synchronous = OFF");
        source = DatabaseSource.of("jdbc:sqlite:" + file);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        connection.close();
    }

    @Test
    void readsByDifferenceWhatReadingEverythingGives() throws Exception {
        for (int i = 0; i < 400; i++) {
            change();
        }
        Snapshot first = source.load();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(1, 30); i > 0; i--) {
                change();
            }
            // Now and then Mailman writes between two steps.
            source.load();
            if (random.nextBoolean()) {
                change();
            }
            assertThat(SnapshotContent.of(loadAll()))
                    .as("round %d with -Dmailman.difference.seed=%d", round, seed)
                    .isEqualTo(SnapshotContent.of(fresh()));
        }
        assertThat(((CompactSnapshot) loadAll()).addresses())
                .as("what was read first is still of use")
                .isSameAs(((CompactSnapshot) first).addresses());
    }

    @Test
    void tellsApartWhatTakesTheIdOfWhatIsGone() throws Exception {
        sql("INSERT INTO address (id, email) VALUES (7, 'anne@example.com'), (8, 'bart@example.com')");
        subscribe(5, 0, 7);
        assertThat(members(source.load(), 0)).containsExactly("anne@example.com");
        sql("DELETE FROM member");
        subscribe(5, 1, 7);
        assertThat(members(loadAll(), 0)).isEmpty();
        assertThat(members(loadAll(), 1)).containsExactly("anne@example.com");
        sql("UPDATE address SET email = 'nobody@example.com' WHERE id = 8");
        sql("DELETE FROM address WHERE id = 7");
        sql("INSERT INTO address (id, email) VALUES (7, 'bart@example.com')");
        assertThat(members(loadAll(), 1)).containsExactly("bart@example.com");
    }

    @Test
    void derivesAnewOnlyTheRostersThatHaveChanged() throws Exception {
        sql("INSERT INTO address (id, email) VALUES (7, 'anne@example.com'), (8, 'bart@example.com')");
        subscribe(1, 0, 7);
        subscribe(2, 1, 7);
        Snapshot before = source.load();
        subscribe(3, 1, 8);
        Snapshot after = loadAll();
        assertThat(list(after, 0).members()).isSameAs(list(before, 0).members());
        assertThat(members(after, 1)).containsExactlyInAnyOrder("anne@example.com", "bart@example.com");
        assertThat(members(before, 1)).as("a snapshot never changes").containsExactly("anne@example.com");
        assertThat(before.list("list1@example.com").orElseThrow().members().find("bart@example.com"))
                .isEmpty();
    }

    @Test
    void keepsTheSnapshotsPartsWhenMailmanChangesWhatDoesNotMatter() throws Exception {
        CompactSnapshot before = (CompactSnapshot) source.load();
        sql("UPDATE mailinglist SET last_post_at = '2026-01-01 00:00:00', volume = 7");
        assertThat(source.hasChanged()).isTrue();
        CompactSnapshot after = (CompactSnapshot) loadAll();
        assertThat(after.lists()).isSameAs(before.lists());
        assertThat(after.takenAt()).isAfter(before.takenAt());
    }

    @Test
    void readsNowAndThenEvenWhatSeemsUnchanged() throws Exception {
        sql("INSERT INTO address (id, email) VALUES (7, 'anne@example.com')");
        sql("INSERT INTO member (id, _member_id, list_id, role, moderation_action, address_id)"
                + " VALUES (1, 'a', 'list0.example.com', 1, 15, 7)");
        assertThat(list(source.load(), 0)
                        .members()
                        .find("anne@example.com")
                        .orElseThrow()
                        .moderationAction())
                .contains(ModerationAction.HOLD);
        // Out of range, where the digest mistakes it for NULL.
        sql("UPDATE member SET moderation_action = NULL");
        for (int pass = 0; pass < ChunkedTable.READ_ANYWAY; pass++) {
            sql("UPDATE mailinglist SET volume = " + pass);
            loadAll();
        }
        assertThat(list(source.load(), 0)
                        .members()
                        .find("anne@example.com")
                        .orElseThrow()
                        .moderationAction())
                .isEmpty();
    }

    @Test
    void readsAMillionNonmembersOfOneList() throws Exception {
        sql("INSERT INTO address (id, email) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 1000000) SELECT i, 'n' || i || '@example.org' FROM n");
        sql("INSERT INTO member (id, _member_id, list_id, role, address_id)"
                + " SELECT id, id, 'list0.example.com', 4, id FROM address");
        assertThat(list(source.load(), 0).nonmembers().size()).isEqualTo(1_000_000);
        sql("DELETE FROM member WHERE id = 500000");
        Roster nonmembers = list(loadAll(), 0).nonmembers();
        assertThat(nonmembers.size()).isEqualTo(999_999);
        assertThat(nonmembers.find("n500000@example.org")).isEmpty();
        assertThat(nonmembers.find("n1000000@example.org")).isPresent();
    }

    @Test
    void makesTheCopyAnewWhenMostOfItsAddressesAreGone() throws Exception {
        AddressTable addresses = ((CompactSnapshot) source.load()).addresses();
        for (int generation = 0; generation < 3; generation++) {
            sql("DELETE FROM address");
            sql("INSERT INTO address (email) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i < 8000) SELECT 'g" + generation + "n' || i || '@example.org' FROM n");
            loadAll();
        }
        sql("UPDATE mailinglist SET volume = 1");
        CompactSnapshot last = (CompactSnapshot) loadAll();
        assertThat(last.addresses()).isNotSameAs(addresses);
        assertThat(last.addresses().size()).isLessThan(24_000);
    }

    @Test
    void keepsNoRoomForUsersOfLongAgo() throws Exception {
        sql("INSERT INTO address (id, email, user_id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 200) SELECT i, 'a' || i || '@example.org', 1 FROM n");
        source.load();
        for (int i = 0; i < 80; i++) {
            sql("UPDATE address SET user_id = 1 + (user_id == 1) WHERE id = 200");
            loadAll();
        }
        CompactSnapshot last = (CompactSnapshot) loadAll();
        assertThat(last.linkedAddresses("a1@example.org")).hasSize(200).endsWith("a200@example.org");
        assertThat(last.linkedAddresses().runs().length).isLessThan(11_000);
    }

    @Test
    void refusesAnIdThatNoDatabaseGivesToMailman() throws Exception {
        sql("INSERT INTO address (id, email) VALUES (4294967296, 'anne@example.com')");
        assertThatThrownBy(source::load)
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("has an id in the table address that no database gives to Mailman (4294967296);");
    }

    private static List<String> members(Snapshot snapshot, int list) {
        return List.copyOf(SnapshotContent.of(snapshot)
                .lists()
                .get("list" + list + "@example.com")
                .members()
                .keySet());
    }

    private static MailingList list(Snapshot snapshot, int list) {
        return snapshot.list("list" + list + "@example.com").orElseThrow();
    }

    private void subscribe(int id, int list, int address) throws SQLException {
        sql("INSERT INTO member (id, _member_id, list_id, role, address_id) VALUES (" + id
                + ", lower(hex(randomblob(16))), 'list" + list + ".example.com', 1, " + address + ")");
    }

    private Snapshot loadAll() throws DirectoryException {
        Snapshot snapshot = source.load();
        while (source.hasChanged()) {
            snapshot = source.load();
        }
        return snapshot;
    }

    private Snapshot fresh() throws DirectoryException {
        try (DatabaseSource other = DatabaseSource.of("jdbc:sqlite:" + file)) {
            return other.load();
        }
    }

    private void change() throws SQLException {
        switch (random.nextInt(16)) {
            case 0, 1, 2 ->
                sql("INSERT OR IGNORE INTO address (id, email, user_id) VALUES (?, ?, ?)", id(), email(), userOrNull());
            case 3 -> sql("DELETE FROM address WHERE id = (SELECT id FROM address WHERE id >= ? LIMIT 1)", id());
            case 4 ->
                sql(
                        "UPDATE address SET user_id = ? WHERE id = (SELECT id FROM address WHERE id >= ? LIMIT 1)",
                        userOrNull(),
                        id());
            case 5 ->
                sql("INSERT OR REPLACE INTO user (id, _preferred_address_id) VALUES (?, ?)", user(), someAddress());
            case 6 -> sql("DELETE FROM user WHERE id = ?", user());
            case 7, 8, 9 -> subscribeSomebody();
            case 10 -> sql("DELETE FROM member WHERE id = (SELECT id FROM member WHERE id >= ? LIMIT 1)", id());
            case 11 ->
                sql(
                        "UPDATE member SET moderation_action = ?, address_id = ?"
                                + " WHERE id = (SELECT id FROM member WHERE id >= ? LIMIT 1)",
                        random.nextInt(6),
                        random.nextInt(4) == 0 ? null : someAddress(),
                        id());
            case 12 -> sql("INSERT INTO ban (list_id, email) VALUES (?, ?)", listIdOrNull(), email());
            case 13 -> sql("DELETE FROM ban WHERE id % 5 = ?", random.nextInt(5));
            case 14 ->
                sql(
                        "INSERT INTO headermatch (mailing_list_id, position, header, pattern) VALUES (?, ?, 'x', ?)",
                        random.nextInt(1, LISTS + 1),
                        random.nextInt(5),
                        email());
            default ->
                sql(
                        "UPDATE mailinglist SET default_nonmember_action = ?, list_name = ? WHERE id = ?",
                        random.nextInt(5),
                        "list" + random.nextInt(LISTS * 2),
                        random.nextInt(1, LISTS + 1));
        }
    }

    private void subscribeSomebody() throws SQLException {
        boolean byAddress = random.nextBoolean();
        sql(
                "INSERT OR IGNORE INTO member (id, _member_id, list_id, role, moderation_action, address_id, user_id)"
                        + " VALUES (?, lower(hex(randomblob(16))), ?, ?, ?, ?, ?)",
                id(),
                "list" + random.nextInt(LISTS) + ".example.com",
                random.nextInt(1, 5),
                random.nextBoolean() ? null : random.nextInt(5),
                byAddress ? someAddress() : null,
                byAddress ? null : user());
    }

    /** Mostly at the end of the table, as SQLite gives them. */
    private Object id() {
        return random.nextInt(3) == 0 ? random.nextInt(MAX_ID) : MAX_ID + random.nextInt(100);
    }

    private String email() {
        return (char) ('a' + random.nextInt(26)) + "" + random.nextInt(20) + (random.nextInt(5) == 0 ? "ü" : "")
                + "@x.example";
    }

    private Object user() {
        return random.nextInt(60);
    }

    private Object userOrNull() {
        return random.nextInt(3) == 0 ? null : user();
    }

    private Object listIdOrNull() {
        return random.nextInt(3) == 0 ? null : "list" + random.nextInt(LISTS) + ".example.com";
    }

    private Object someAddress() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM address ORDER BY random() LIMIT 1")) {
            return row.next() && random.nextInt(10) > 0 ? (Object) row.getInt(1) : id();
        }
    }

    private void sql(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            prepared.executeUpdate();
        }
    }
}
