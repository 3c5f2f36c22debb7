// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotBuilderTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final int ADDRESSES = 5_000;
    private static final int LISTS = 50;

    private final SnapshotBuilder builder = new SnapshotBuilder();

    private Roster members(Snapshot snapshot, String list) {
        return snapshot.list(list).orElseThrow().members();
    }

    @Test
    void prefersTheExplicitMembershipInWhateverOrderTheyCome() {
        Optional<ModerationAction> accept = Optional.of(ModerationAction.ACCEPT);
        Optional<ModerationAction> reject = Optional.of(ModerationAction.REJECT);
        builder.list("a.x", "a@x", ListSettings.DEFAULTS)
                .add(true, true, builder.address("anne@x"), reject)
                .add(true, false, builder.address("anne@x"), accept)
                .add(true, false, builder.address("bart@x"), accept)
                .add(true, true, builder.address("bart@x"), reject);
        Roster members = members(builder.build(NOW), "a@x");
        assertThat(members.size()).isEqualTo(2);
        assertThat(members.find("anne@x")).contains(new Membership(accept));
        assertThat(members.find("bart@x")).contains(new Membership(accept));
    }

    @Test
    void keepsEveryAction() {
        SnapshotBuilder.ListBuilder list = builder.list("a.x", "a@x", ListSettings.DEFAULTS);
        for (ModerationAction action : ModerationAction.values()) {
            list.nonmember(action.mailmanName() + "@x", Optional.of(action));
        }
        Roster nonmembers = builder.build(NOW).list("a@x").orElseThrow().nonmembers();
        for (ModerationAction action : ModerationAction.values()) {
            assertThat(nonmembers.find(action.mailmanName() + "@x")).contains(new Membership(Optional.of(action)));
        }
    }

    @Test
    void tellsAddressesApartByEveryCharacter() {
        List<String> addresses = List.of("", "a", "a@x", "a@xy", "a@", "@x", "ä@x", "ã¤@x", "a\u0301@x", "😀@x", "?@x");
        SnapshotBuilder.ListBuilder list = builder.list("a.x", "a@x", ListSettings.DEFAULTS);
        addresses.stream().filter(address -> address.length() % 2 == 1).forEach(a -> list.member(a, Optional.empty()));
        Roster members = members(builder.build(NOW), "a@x");
        for (String address : addresses) {
            assertThat(members.find(address).isPresent()).as(address).isEqualTo(address.length() % 2 == 1);
        }
    }

    @Test
    void sharesEqualSettings() {
        builder.list("a.x", "a@x", settings());
        builder.list("b.x", "b@x", settings());
        Snapshot snapshot = builder.build(NOW);
        assertThat(snapshot.list("a@x").orElseThrow().settings())
                .isSameAs(snapshot.list("b@x").orElseThrow().settings());
    }

    private static ListSettings settings() {
        ListSettings defaults = ListSettings.DEFAULTS;
        return new ListSettings(
                defaults.postingChain(),
                true,
                defaults.autorespondPostings(),
                defaults.hasModeratorPassword(),
                defaults.dmarcMitigation(),
                defaults.defaultMemberAction(),
                defaults.defaultNonmemberAction(),
                defaults.nonmembers(),
                List.of(new HeaderMatch("a", "b", Optional.empty())));
    }

    @Test
    void refusesTwoListsWithOneAddress() {
        builder.list("a.x", "a@x", ListSettings.DEFAULTS);
        assertThat(builder.hasList("a@x")).isTrue();
        assertThatThrownBy(() -> builder.list("b.x", "a@x", ListSettings.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesAContestedAliasToTheFirst() {
        builder.domain("b", Optional.of("alias")).domain("a", Optional.of("alias"));
        assertThat(builder.build(NOW).mailHostOfAlias("alias")).contains("b");
    }

    @Test
    void remembersWhenItWasTaken() {
        assertThat(builder.build(NOW).takenAt()).isEqualTo(NOW);
    }

    @Test
    void answersAsPlainMapsWould() {
        SplittableRandom random = new SplittableRandom(20260131);
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < ADDRESSES; i++) {
            addresses.add((random.nextInt(20) == 0 ? "ü" : "u") + Integer.toString(i, 36) + "@host" + random.nextInt(7)
                    + ".example");
        }
        List<Map<String, Membership>> expected = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            expected.add(fill(builder.list("l" + i, "l" + i + "@x", ListSettings.DEFAULTS), addresses, random));
        }
        Map<String, List<String>> linked = link(addresses, random);
        Snapshot snapshot = builder.build(NOW);
        for (int i = 0; i < LISTS; i++) {
            Roster members = members(snapshot, "l" + i + "@x");
            assertThat(members.size()).isEqualTo(expected.get(i).size());
            for (String address : addresses) {
                assertThat(members.find(address))
                        .isEqualTo(Optional.ofNullable(expected.get(i).get(address)));
            }
        }
        for (String address : addresses) {
            assertThat(snapshot.linkedAddresses(address)).isEqualTo(linked.getOrDefault(address, List.of()));
        }
    }

    private static Map<String, Membership> fill(
            SnapshotBuilder.ListBuilder list, List<String> addresses, SplittableRandom random) {
        Map<String, Membership> members = new HashMap<>();
        for (int n = random.nextInt(500); n > 0; n--) {
            String address = addresses.get(random.nextInt(ADDRESSES));
            Optional<ModerationAction> action = ModerationAction.ofNumber(random.nextInt(6));
            list.member(address, action);
            members.putIfAbsent(address, new Membership(action));
        }
        return members;
    }

    private Map<String, List<String>> link(List<String> addresses, SplittableRandom random) {
        Map<Integer, List<String>> byUser = new HashMap<>();
        Map<String, List<String>> linked = new HashMap<>();
        for (String address : addresses) {
            if (random.nextInt(3) > 0) {
                int user = random.nextInt(ADDRESSES);
                builder.link(user, address);
                linked.put(address, byUser.computeIfAbsent(user, number -> new ArrayList<>()));
                linked.get(address).add(address);
            }
        }
        return linked;
    }
}
