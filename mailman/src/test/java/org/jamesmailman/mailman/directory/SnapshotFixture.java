// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A snapshot for tests, filled by hand: as plain as can be, so that it is right at a glance. Not thread-safe. */
public final class SnapshotFixture implements Snapshot {
    private final Map<String, MailingList> lists = new HashMap<>();
    private final Map<String, Optional<String>> aliases = new TreeMap<>();
    private final List<List<String>> users = new ArrayList<>();
    private Bans siteBans = Bans.NONE;

    /** Adds a domain without an alias. */
    public SnapshotFixture withDomain(String mailHost) {
        aliases.put(mailHost, Optional.empty());
        return this;
    }

    /** Adds a domain with an alias. */
    public SnapshotFixture withDomain(String mailHost, String aliasDomain) {
        aliases.put(mailHost, Optional.of(aliasDomain));
        return this;
    }

    /** Adds a list, and its domain if it is not there. */
    public SnapshotFixture withList(ListFixture list) {
        MailingList built = list.build();
        lists.put(built.postingAddress(), built);
        aliases.putIfAbsent(
                built.postingAddress().substring(built.postingAddress().indexOf('@') + 1), Optional.empty());
        return this;
    }

    /** Adds a list of which nothing but the posting address matters. */
    public SnapshotFixture withList(String postingAddress) {
        return withList(new ListFixture(postingAddress));
    }

    /** Adds a user with some addresses, in the order of their ids. */
    public SnapshotFixture withUser(String... addresses) {
        users.add(List.of(addresses));
        return this;
    }

    /** Sets the bans of the whole site. */
    public SnapshotFixture withSiteBans(Bans bans) {
        siteBans = bans;
        return this;
    }

    /** The posting addresses of all lists. */
    public List<String> postingAddresses() {
        return lists.keySet().stream().sorted().toList();
    }

    /** The domains with their aliases, in {@code mail_host} order. */
    public Map<String, Optional<String>> domains() {
        return aliases;
    }

    @Override
    public Optional<MailingList> list(String postingAddress) {
        return Optional.ofNullable(lists.get(postingAddress));
    }

    @Override
    public Optional<String> mailHostOfAlias(String domain) {
        return aliases.entrySet().stream()
                .filter(entry -> entry.getValue().equals(Optional.of(domain)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public boolean isMailHost(String domain) {
        return aliases.containsKey(domain);
    }

    @Override
    public Bans siteBans() {
        return siteBans;
    }

    @Override
    public List<String> linkedAddresses(String email) {
        return users.stream()
                .filter(addresses -> addresses.contains(email))
                .findFirst()
                .orElseGet(List::of);
    }

    @Override
    public int listCount() {
        return lists.size();
    }

    @Override
    public Instant takenAt() {
        return Instant.EPOCH;
    }
}
