// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads Mailman's tables into a snapshot. Sources: {@code model/*.py} of Mailman 3.3.8.
 *
 * <p>What is odd in a row never fails the whole: it becomes a value that has the policy leave the decision to Mailman,
 * which stumbles over it.
 */
final class DatabaseReader {
    /** {@code MemberRole} in {@code interfaces/member.py}; owners (2) and moderators (3) are no members. */
    private static final int MEMBER = 1;

    private static final int NONMEMBER = 4;

    /** A malformed pattern, on which Mailman stumbles as it does on a ban without an address. */
    private static final String STUMBLING_BAN = "^(";

    /** An entry that matches and then jumps to a chain that does not exist: Mailman stumbles, as on NULLs. */
    private static final HeaderMatch STUMBLING_HEADER_MATCH = new HeaderMatch("", "", Optional.of(""));

    private final DatabaseDialect dialect;
    private final Connection connection;
    private final DatabaseRows rows;
    private final SnapshotBuilder snapshot = new SnapshotBuilder();
    private final RowNumbers addresses = new RowNumbers();
    private final Map<String, SnapshotBuilder.ListBuilder> listsById = new HashMap<>();

    DatabaseReader(DatabaseDialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
        this.rows = new DatabaseRows(connection, dialect.longestTransaction());
    }

    Snapshot read(Instant now) throws SQLException, DirectoryException {
        SchemaRevision.check(connection, dialect.description());
        readDomains();
        readLists(readHeaderMatches());
        readBans();
        readAddresses();
        readMembers();
        rows.finish();
        return snapshot.build(now);
    }

    private void readDomains() throws SQLException {
        // Sorted by the database, as Mailman has it: the order decides between two domains with the same alias.
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT mail_host, alias_domain FROM domain WHERE mail_host IS NOT NULL ORDER BY mail_host")) {
            while (row.next()) {
                snapshot.domain(row.getString(1), Optional.ofNullable(row.getString(2)));
            }
        }
    }

    private Map<Long, List<HeaderMatch>> readHeaderMatches() throws SQLException {
        Map<Long, TreeMap<Long, List<HeaderMatch>>> byPosition = new HashMap<>();
        rows.forEach(
                "SELECT id, mailing_list_id, position, header, pattern, chain FROM headermatch"
                        + " WHERE id > ? ORDER BY id LIMIT ?",
                row -> byPosition
                        .computeIfAbsent(row.getLong(2), list -> new TreeMap<>())
                        .computeIfAbsent(row.getLong(3), position -> new ArrayList<>())
                        .add(headerMatch(row)));
        Map<Long, List<HeaderMatch>> inOrder = new HashMap<>();
        byPosition.forEach((list, matches) -> inOrder.put(
                list, matches.values().stream().flatMap(List::stream).toList()));
        return inOrder;
    }

    private static HeaderMatch headerMatch(ResultSet row) throws SQLException {
        String header = row.getString(4);
        String pattern = row.getString(5);
        return header == null || pattern == null
                ? STUMBLING_HEADER_MATCH
                : new HeaderMatch(header, pattern, Optional.ofNullable(row.getString(6)));
    }

    private void readLists(Map<Long, List<HeaderMatch>> headerMatches) throws SQLException {
        rows.forEach(ListRow.QUERY, row -> {
            ListRow list = new ListRow(row);
            Optional<String> name = list.postingAddress();
            // A list without a name cannot be mailed to; of two with one name, Mailman takes the first.
            if (name.isPresent() && list.listId().isPresent() && !snapshot.hasList(name.get())) {
                String listId = list.listId().get();
                ListSettings settings = list.settings(headerMatches.getOrDefault(row.getLong(1), List.of()));
                listsById.put(listId, snapshot.list(listId, name.get(), settings));
            }
        });
    }

    private static final class BanLists {
        private final Set<String> literals = new HashSet<>();
        private final List<String> patterns = new ArrayList<>();

        void add(String email) {
            if (email == null) {
                patterns.add(STUMBLING_BAN);
            } else if (email.startsWith("^")) {
                patterns.add(email);
            } else {
                literals.add(email);
            }
        }

        Bans toBans() {
            return new Bans(literals, patterns);
        }
    }

    private void readBans() throws SQLException {
        BanLists site = new BanLists();
        Map<String, BanLists> byList = new HashMap<>();
        rows.forEach("SELECT id, list_id, email FROM ban WHERE id > ? ORDER BY id LIMIT ?", row -> {
            String listId = row.getString(2);
            (listId == null ? site : byList.computeIfAbsent(listId, list -> new BanLists())).add(row.getString(3));
        });
        snapshot.siteBans(site.toBans());
        byList.forEach((listId, bans) ->
                Optional.ofNullable(listsById.get(listId)).ifPresent(list -> list.bans(bans.toBans())));
    }

    private void readAddresses() throws SQLException {
        rows.forEach("SELECT id, email, user_id FROM address WHERE id > ? ORDER BY id LIMIT ?", row -> {
            String email = row.getString(2);
            long user = row.getLong(3);
            boolean hasUser = !row.wasNull();
            if (email != null) {
                int address = snapshot.address(email);
                addresses.add(row.getLong(1), address);
                if (hasUser) {
                    snapshot.link(user, address);
                }
            }
        });
    }

    private void readMembers() throws SQLException {
        // Roles are told apart here and not in the query, lest the database choose an index on them and sort.
        rows.forEach(
                "SELECT m.id, m.list_id, m.role, m.moderation_action, m.address_id, u._preferred_address_id"
                        + " FROM member m LEFT JOIN "
                        + dialect.quoted("user") + " u ON u.id = m.user_id WHERE m.id > ? ORDER BY m.id LIMIT ?",
                this::readMember);
    }

    private void readMember(ResultSet row) throws SQLException {
        int role = row.getInt(3);
        SnapshotBuilder.ListBuilder list = listsById.get(row.getString(2));
        if ((role != MEMBER && role != NONMEMBER) || list == null) {
            return;
        }
        long explicit = row.getLong(5);
        boolean byPreferredAddress = row.wasNull();
        // An address that is not there: the user prefers none, or it came while we were reading.
        int address = addresses.find(byPreferredAddress ? row.getLong(6) : explicit);
        if (address != RowNumbers.ABSENT) {
            list.add(role == MEMBER, byPreferredAddress, address, memberAction(row));
        }
    }

    private static Optional<ModerationAction> memberAction(ResultSet row) throws SQLException {
        int number = row.getInt(4);
        if (row.wasNull()) {
            return Optional.empty();
        }
        // On an unknown number Mailman stumbles; to hold is to leave the post to it.
        return ModerationAction.ofNumber(number).or(() -> Optional.of(ModerationAction.HOLD));
    }
}
