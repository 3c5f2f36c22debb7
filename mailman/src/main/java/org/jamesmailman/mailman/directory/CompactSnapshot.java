// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The snapshot in arrays: 1,000,000 memberships of as many addresses take about 50 MB.
 *
 * <p>Snapshots that follow one another share their addresses and what has not changed between them. Immutable and
 * thread-safe.
 */
final class CompactSnapshot implements Snapshot {
    private final Set<String> mailHosts;
    private final Map<String, String> mailHostsByAlias;
    private final Map<String, MailingList> lists;
    private final Bans siteBans;
    private final AddressTable addresses;
    private final LinkedAddresses linkedAddresses;
    private final Instant takenAt;

    CompactSnapshot(
            Set<String> mailHosts,
            Map<String, String> mailHostsByAlias,
            Map<String, MailingList> lists,
            Bans siteBans,
            AddressTable addresses,
            LinkedAddresses linkedAddresses,
            Instant takenAt) {
        this.mailHosts = Set.copyOf(mailHosts);
        this.mailHostsByAlias = Map.copyOf(mailHostsByAlias);
        this.lists = Map.copyOf(lists);
        this.siteBans = siteBans;
        this.addresses = addresses;
        this.linkedAddresses = linkedAddresses;
        this.takenAt = takenAt;
    }

    @Override
    public Optional<MailingList> list(String postingAddress) {
        return Optional.ofNullable(lists.get(postingAddress));
    }

    @Override
    public Optional<String> mailHostOfAlias(String domain) {
        return Optional.ofNullable(mailHostsByAlias.get(domain));
    }

    @Override
    public boolean isMailHost(String domain) {
        return mailHosts.contains(domain);
    }

    @Override
    public Bans siteBans() {
        return siteBans;
    }

    @Override
    public List<String> linkedAddresses(String email) {
        return linkedAddresses.of(email);
    }

    @Override
    public int listCount() {
        return lists.size();
    }

    @Override
    public Instant takenAt() {
        return takenAt;
    }

    /** The same, taken at another time. */
    CompactSnapshot takenAt(Instant instant) {
        return new CompactSnapshot(mailHosts, mailHostsByAlias, lists, siteBans, addresses, linkedAddresses, instant);
    }

    /** All lists, in no particular order. */
    Collection<MailingList> lists() {
        return lists.values();
    }

    Set<String> mailHosts() {
        return mailHosts;
    }

    Map<String, String> mailHostsByAlias() {
        return mailHostsByAlias;
    }

    /** The addresses of all rosters and users. */
    AddressTable addresses() {
        return addresses;
    }

    LinkedAddresses linkedAddresses() {
        return linkedAddresses;
    }
}
