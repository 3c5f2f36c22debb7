// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All that a snapshot says, in values that can be compared, however it is kept. */
record SnapshotContent(
        Set<String> mailHosts,
        Map<String, String> mailHostsByAlias,
        Bans siteBans,
        Map<String, ListContent> lists,
        Map<String, Object> linkedAddresses) {

    /** A list, its rosters as they answer for each address. */
    record ListContent(
            String listId,
            ListSettings settings,
            Bans bans,
            Map<String, Membership> members,
            Map<String, Membership> nonmembers) {}

    static SnapshotContent of(Snapshot snapshot) {
        CompactSnapshot compact = (CompactSnapshot) snapshot;
        Map<String, ListContent> lists = new TreeMap<>();
        for (MailingList list : compact.lists()) {
            lists.put(
                    list.postingAddress(),
                    new ListContent(
                            list.listId(),
                            list.settings(),
                            list.bans(),
                            content(compact, list.members()),
                            content(compact, list.nonmembers())));
        }
        Map<String, Object> linked = new TreeMap<>();
        for (int id = 0; id < compact.addresses().size(); id++) {
            String address = compact.addresses().address(id);
            if (!compact.linkedAddresses(address).isEmpty()) {
                linked.put(address, compact.linkedAddresses(address));
            }
        }
        return new SnapshotContent(compact.mailHosts(), compact.mailHostsByAlias(), compact.siteBans(), lists, linked);
    }

    private static Map<String, Membership> content(CompactSnapshot snapshot, Roster roster) {
        return IntStream.of(((CompactRoster) roster).ids())
                .mapToObj(snapshot.addresses()::address)
                .collect(Collectors.toMap(
                        address -> address, address -> roster.find(address).orElseThrow()));
    }
}
