// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mailman's tables as they were last read, and the snapshot that they amount to. To read all of them is to read the
 * difference from nothing.
 *
 * <p>Tables are gone through in steps, a part of each in each step, so that what has changed in one part is seen before
 * the others have been gone through; and the end of each table is looked at in each step, for that is where new rows
 * are. Within a step memberships come before users, and users before addresses: Mailman makes what is referred to
 * before what refers to it, so whoever is found on a roster is found among the addresses, too.
 *
 * <p>Not thread-safe, but for the snapshots, which share their addresses with this copy and with one another.
 */
final class DatabaseCopy {
    /** How many addresses that nobody has any more may be kept besides a half as many as there are. */
    private static final int TOLERATED_WASTE = 10_000;

    private final AddressTable emails = new AddressTable();
    private final AddressRows addresses = new AddressRows(emails);
    private final MemberRows members = new MemberRows(emails, addresses);
    private final ListRows lists = new ListRows();
    private final List<ChunkedTable<?>> tables = List.of(
            lists.lists(),
            lists.headerMatches(),
            lists.bans(),
            members.members(),
            addresses.users(),
            addresses.addresses());
    private List<Domain> domains = List.of();
    private ListRows.Lists lastLists = new ListRows.Lists(List.of(), Bans.NONE);
    private Optional<CompactSnapshot> last = Optional.empty();
    private boolean domainsChanged;

    private record Domain(String mailHost, Optional<String> aliasDomain) {}

    /** From here on, {@link #isBehind} until every row has been looked at again. */
    void beginPass() {
        tables.forEach(ChunkedTable::beginPass);
    }

    boolean isBehind() {
        return tables.stream().anyMatch(ChunkedTable::isBehind);
    }

    /** From here on, the snapshot heeds how the database compares. */
    void compareLike(Comparisons comparisons) {
        lists.compareLike(comparisons);
    }

    /** Reads again what has changed in the next part of each table. */
    void step(DatabaseRows rows) throws SQLException, DirectoryException {
        readDomains(rows);
        for (ChunkedTable<?> table : tables) {
            table.step(rows);
        }
        for (ChunkedTable<?> table : tables) {
            table.tail(rows);
        }
        rows.finish();
    }

    /** The snapshot of all that has been read. */
    Snapshot snapshot(Instant takenAt) {
        if (last.isEmpty()) {
            emails.trim();
        } else {
            emails.publish();
        }
        boolean changed = domainsChanged;
        if (lists.hasChanged()) {
            lastLists = lists.read();
            changed = true;
        }
        changed |= members.update();
        LinkedAddresses linked = addresses.linked();
        addresses.settle();
        boolean linkedAsBefore =
                last.filter(before -> before.linkedAddresses().equals(linked)).isPresent();
        CompactSnapshot snapshot = changed || !linkedAsBefore
                ? assemble(linked, takenAt)
                : last.get().takenAt(takenAt);
        domainsChanged = false;
        last = Optional.of(snapshot);
        return snapshot;
    }

    /** Whether so many addresses are kept that nobody has any more that the copy had better be made anew. */
    boolean isWasteful() {
        return emails.size() > addresses.count() + (addresses.count() >> 1) + TOLERATED_WASTE;
    }

    private CompactSnapshot assemble(LinkedAddresses linked, Instant takenAt) {
        Set<String> mailHosts = new HashSet<>();
        Map<String, String> mailHostsByAlias = new HashMap<>();
        for (Domain domain : domains) {
            mailHosts.add(domain.mailHost());
            domain.aliasDomain().ifPresent(alias -> mailHostsByAlias.putIfAbsent(alias, domain.mailHost()));
        }
        Map<String, MailingList> byAddress = new HashMap<>();
        for (ListRows.NamedList list : lastLists.named()) {
            byAddress.put(
                    list.postingAddress(),
                    new MailingList(
                            list.listId(),
                            list.postingAddress(),
                            list.settings(),
                            members.members(list.listId()),
                            members.nonmembers(list.listId()),
                            list.bans()));
        }
        return new CompactSnapshot(
                mailHosts, mailHostsByAlias, byAddress, lastLists.siteBans(), emails, linked, takenAt);
    }

    private void readDomains(DatabaseRows rows) throws SQLException {
        List<Domain> read = new ArrayList<>();
        // Sorted by the database, as Mailman has it: the order decides between two domains with the same alias.
        rows.forEach(
                "SELECT mail_host, alias_domain FROM domain WHERE mail_host IS NOT NULL ORDER BY mail_host",
                row -> read.add(new Domain(row.getString(1), Optional.ofNullable(row.getString(2)))));
        if (!read.equals(domains)) {
            domains = List.copyOf(read);
            domainsChanged = true;
        }
    }
}
