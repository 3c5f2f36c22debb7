// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a {@link Snapshot} together. Not thread-safe; of no use after {@link #build}.
 *
 * <p>Addresses of members, nonmembers and users are given in lower case, as Mailman stores them.
 */
public final class SnapshotBuilder {
    private final AddressTable addresses = new AddressTable();
    private final UserAddresses userAddresses = new UserAddresses();
    private final Map<ListSettings, ListSettings> equalSettings = new HashMap<>();
    private final Map<String, ListBuilder> lists = new LinkedHashMap<>();
    private final Set<String> mailHosts = new HashSet<>();
    private final Map<String, String> mailHostsByAlias = new HashMap<>();
    private Bans siteBans = Bans.NONE;

    /** Adds a domain; of two with the same alias domain, the one given first has it. */
    public SnapshotBuilder domain(String mailHost, Optional<String> aliasDomain) {
        mailHosts.add(mailHost);
        aliasDomain.ifPresent(alias -> mailHostsByAlias.putIfAbsent(alias, mailHost));
        return this;
    }

    /** Sets the bans that hold for all lists. */
    public SnapshotBuilder siteBans(Bans bans) {
        siteBans = bans;
        return this;
    }

    /** Whether a list with this posting address has been added. */
    public boolean hasList(String postingAddress) {
        return lists.containsKey(postingAddress);
    }

    /**
     * Adds a list, to be filled by the builder that is returned.
     *
     * @throws IllegalArgumentException when there is one with the posting address
     */
    public ListBuilder list(String listId, String postingAddress, ListSettings settings) {
        ListBuilder list = unnamedList();
        list.name(listId, postingAddress, settings);
        return list;
    }

    /** A list whose name and settings are known only after its members; it counts once it has been named. */
    ListBuilder unnamedList() {
        return new ListBuilder();
    }

    /**
     * Notes that an address belongs to a user. A user's addresses are given in the order of their ids in Mailman's
     * database.
     *
     * @param user any number that tells users apart, not negative
     */
    public SnapshotBuilder link(long user, String address) {
        link(user, address(address));
        return this;
    }

    /** The number by which the snapshot will know an address. */
    int address(String address) {
        return addresses.add(address);
    }

    /** As the other one, for an address that has its number. */
    void link(long user, int address) {
        userAddresses.add(user, address);
    }

    /**
     * Makes the snapshot of what was given.
     *
     * @param takenAt when the source was read
     */
    public Snapshot build(Instant takenAt) {
        addresses.trim();
        LinkedAddresses.Builder linked = new LinkedAddresses.Builder(addresses, addresses.size());
        userAddresses.into(linked);
        Map<String, MailingList> built = new HashMap<>();
        lists.forEach((postingAddress, list) -> built.put(postingAddress, list.build(postingAddress)));
        return new CompactSnapshot(mailHosts, mailHostsByAlias, built, siteBans, addresses, linked.build(), takenAt);
    }

    /** Puts one list of the snapshot together. */
    public final class ListBuilder {
        private final CompactRoster.Builder members = new CompactRoster.Builder();
        private final CompactRoster.Builder nonmembers = new CompactRoster.Builder();
        private String listId = "";
        private ListSettings settings = ListSettings.DEFAULTS;
        private Bans bans = Bans.NONE;

        private ListBuilder() {}

        void name(String givenId, String postingAddress, ListSettings givenSettings) {
            if (lists.putIfAbsent(postingAddress, this) != null) {
                throw new IllegalArgumentException("two lists have the posting address " + postingAddress);
            }
            listId = givenId;
            // A site's lists are set up alike, so most of them share one value.
            settings = equalSettings.computeIfAbsent(givenSettings, s -> s);
        }

        /** Adds a member who is subscribed with this very address. */
        public ListBuilder member(String address, Optional<ModerationAction> action) {
            return add(true, false, address(address), action);
        }

        /** Adds a nonmember known by this very address. */
        public ListBuilder nonmember(String address, Optional<ModerationAction> action) {
            return add(false, false, address(address), action);
        }

        /**
         * Adds a membership.
         *
         * @param isMember or else a nonmember
         * @param byPreferredAddress whether it is a user's, of whom this is the preferred address
         * @param address by its number
         */
        ListBuilder add(boolean isMember, boolean byPreferredAddress, int address, Optional<ModerationAction> action) {
            (isMember ? members : nonmembers).add(address, byPreferredAddress, action);
            return this;
        }

        /** Sets the list's own bans. */
        public ListBuilder bans(Bans given) {
            bans = given;
            return this;
        }

        private MailingList build(String postingAddress) {
            return new MailingList(
                    listId, postingAddress, settings, members.build(addresses), nonmembers.build(addresses), bans);
        }
    }
}
