// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Mailman's tables {@code mailinglist}, {@code headermatch} and {@code ban} as they were last read. Source:
 * {@code model/mailinglist.py}, {@code model/bans.py}. Not thread-safe.
 *
 * <p>What is odd in a row never fails the whole: it becomes a value that has the policy leave the decision to Mailman,
 * which stumbles over it.
 */
final class ListRows {
    /** A malformed pattern, on which Mailman stumbles as it does on a ban without an address. */
    private static final String STUMBLING_BAN = "^(";

    private static final Pattern BLANKS_AT_END = Pattern.compile(" +\\z");

    /** An entry that matches and then jumps to a chain that does not exist: Mailman stumbles, as on NULLs. */
    private static final HeaderMatch STUMBLING_HEADER_MATCH = new HeaderMatch("", "", Optional.of(""));

    private final ChunkedTable<List<ListEntry>> lists =
            new ChunkedTable<>(MailmanTable.LIST, ListRow.COLUMNS, () -> new Rows<>(ListRows::list), this::replaced);
    private final ChunkedTable<List<HeaderMatchEntry>> headerMatches = new ChunkedTable<>(
            MailmanTable.HEADER_MATCH,
            "mailing_list_id, position, header, pattern, chain",
            () -> new Rows<>(ListRows::headerMatch),
            this::replaced);
    private final ChunkedTable<List<BanEntry>> bans =
            new ChunkedTable<>(MailmanTable.BAN, "list_id, email", () -> new Rows<>(ListRows::ban), this::replaced);
    private Comparisons comparisons = Comparisons.PLAIN;
    private boolean changed = true;

    private record ListEntry(
            long id, Optional<String> listId, Optional<String> postingAddress, ListSettings settings) {}

    private record HeaderMatchEntry(long list, long position, HeaderMatch match) {}

    /** @param email an address, or a pattern */
    private record BanEntry(Optional<String> listId, String email) {}

    /** A list without its rosters. */
    record NamedList(String listId, String postingAddress, ListSettings settings, Bans bans) {}

    /** What the tables amount to. */
    record Lists(List<NamedList> named, Bans siteBans) {}

    ChunkedTable<?> lists() {
        return lists;
    }

    ChunkedTable<?> headerMatches() {
        return headerMatches;
    }

    ChunkedTable<?> bans() {
        return bans;
    }

    /** From here on, {@link #read} heeds how the database compares. */
    void compareLike(Comparisons given) {
        changed |= !given.equals(comparisons);
        comparisons = given;
    }

    /** Whether something has been read again since the last {@link #read}. */
    boolean hasChanged() {
        return changed;
    }

    /** What the tables amount to, by all that has been read. */
    Lists read() {
        BanLists siteBans = new BanLists();
        Map<String, BanLists> bansByList = new HashMap<>();
        forEach(bans, ban -> ban.listId()
                .map(list -> bansByList.computeIfAbsent(list, id -> new BanLists()))
                .orElse(siteBans)
                .add(ban.email()));
        Map<Long, List<HeaderMatch>> matches = headerMatchesInOrder();
        Map<ListSettings, ListSettings> equalSettings = new HashMap<>();
        Map<String, NamedList> named = new LinkedHashMap<>();
        forEach(lists, list -> {
            // A list without a name cannot be mailed to; of two with one name, Mailman takes the first.
            if (list.listId().isEmpty() || list.postingAddress().isEmpty()) {
                return;
            }
            String listId = list.listId().get();
            List<HeaderMatch> ofList = matches.getOrDefault(list.id(), List.of());
            ListSettings settings =
                    ofList.isEmpty() ? list.settings() : list.settings().withHeaderMatches(ofList);
            if (!comparisons.exact()) {
                settings = settings.withPostingChain(ListSettings.UNKNOWN_POSTING_CHAIN);
            }
            Bans ofListBans =
                    bansByList.containsKey(listId) ? bansByList.get(listId).toBans() : Bans.NONE;
            named.putIfAbsent(
                    list.postingAddress().get(),
                    new NamedList(
                            listId,
                            list.postingAddress().get(),
                            // A site's lists are set up alike, so most of them share one value.
                            equalSettings.computeIfAbsent(settings, value -> value),
                            ofListBans));
        });
        changed = false;
        return new Lists(List.copyOf(named.values()), siteBans.toBans());
    }

    private Map<Long, List<HeaderMatch>> headerMatchesInOrder() {
        Map<Long, TreeMap<Long, List<HeaderMatch>>> byPosition = new HashMap<>();
        forEach(headerMatches, entry -> byPosition
                .computeIfAbsent(entry.list(), list -> new TreeMap<>())
                .computeIfAbsent(entry.position(), position -> new ArrayList<>())
                .add(entry.match()));
        Map<Long, List<HeaderMatch>> inOrder = new HashMap<>();
        byPosition.forEach((list, matches) -> inOrder.put(
                list, matches.values().stream().flatMap(List::stream).toList()));
        return inOrder;
    }

    private static <E> void forEach(ChunkedTable<List<E>> table, Consumer<E> consumer) {
        for (int i = 0; i < table.chunkCount(); i++) {
            table.chunk(i).forEach(consumer);
        }
    }

    private <E> void replaced(int first, List<E> before, List<E> after) {
        changed |= !before.equals(after);
    }

    private static ListEntry list(ResultSet row) throws SQLException {
        ListRow list = new ListRow(row);
        return new ListEntry(row.getLong(1), list.listId(), list.postingAddress(), list.settings());
    }

    private static HeaderMatchEntry headerMatch(ResultSet row) throws SQLException {
        String header = row.getString(4);
        String pattern = row.getString(5);
        HeaderMatch match = header == null || pattern == null
                ? STUMBLING_HEADER_MATCH
                : new HeaderMatch(header, pattern, Optional.ofNullable(row.getString(6)));
        return new HeaderMatchEntry(row.getLong(2), row.getLong(3), match);
    }

    private static BanEntry ban(ResultSet row) throws SQLException {
        String email = row.getString(3);
        return new BanEntry(Optional.ofNullable(row.getString(2)), email == null ? STUMBLING_BAN : email);
    }

    private final class BanLists {
        private final Set<String> literals = new HashSet<>();
        private final List<String> patterns = new ArrayList<>();

        void add(String email) {
            if (email.startsWith("^")) {
                patterns.add(email);
            } else {
                literals.add(
                        comparisons.blankPadded() ? BLANKS_AT_END.matcher(email).replaceFirst("") : email);
            }
        }

        Bans toBans() {
            return comparisons.idOrder() ? new Bans(literals, patterns) : Bans.inUnknownOrder(literals, patterns);
        }
    }

    /** Makes something of a row. */
    private interface RowReader<E> {
        E read(ResultSet row) throws SQLException;
    }

    private static final class Rows<E> implements ChunkedTable.ChunkBuilder<List<E>> {
        private final RowReader<E> reader;
        private final List<E> rows = new ArrayList<>();

        Rows(RowReader<E> reader) {
            this.reader = reader;
        }

        @Override
        public void add(int place, ResultSet row) throws SQLException {
            rows.add(reader.read(row));
        }

        @Override
        public List<E> build() {
            return List.copyOf(rows);
        }
    }
}
