// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Mailman's table {@code member} as it was last read, eleven octets a row, and the rosters that it amounts to. Source:
 * {@code model/member.py}. Not thread-safe.
 */
final class MemberRows {
    /** {@code MemberRole} in {@code interfaces/member.py}; owners (2) and moderators (3) are no members. */
    private static final int MEMBER = 1;

    private static final int NONMEMBER = 4;

    private static final int NONE = Integer.MIN_VALUE;
    private static final int NO_ACTION = -1;

    private final AddressTable emails;
    private final AddressRows addresses;
    private final ChunkedTable<MemberChunk> members;
    private final CompactRoster nobody;

    /** Numbers of lists, known or not, by their ids; by their numbers the rosters. */
    private final Map<String, Integer> listNumbers = new HashMap<>();

    private CompactRoster[] memberRosters = new CompactRoster[16];
    private CompactRoster[] nonmemberRosters = new CompactRoster[16];
    private final BitSet touchedLists = new BitSet();

    /**
     * By its place each row's list, by its number; its subscriber, which is the id of an address, or the complement of
     * that of a user; and its kind, which is one more than its action, and above that whether it is a member's.
     */
    private static final class MemberChunk {
        private final RowPlaces places;
        private final int[] lists;
        private final int[] subscribers;
        private final byte[] kinds;

        MemberChunk(RowPlaces places, int[] lists, int[] subscribers, byte[] kinds) {
            this.places = places;
            this.lists = lists;
            this.subscribers = subscribers;
            this.kinds = kinds;
        }

        boolean isMember(int index) {
            return kinds[index] >= KIND_MEMBER;
        }

        int action(int index) {
            return (kinds[index] & (KIND_MEMBER - 1)) - 1;
        }

        boolean hasSame(int index, MemberChunk other, int otherIndex) {
            return lists[index] == other.lists[otherIndex]
                    && subscribers[index] == other.subscribers[otherIndex]
                    && kinds[index] == other.kinds[otherIndex];
        }
    }

    private static final byte KIND_MEMBER = 1 << 3;

    MemberRows(AddressTable emails, AddressRows addresses) {
        this.emails = emails;
        this.addresses = addresses;
        this.nobody = CompactRoster.empty(emails);
        this.members = new ChunkedTable<>(
                MailmanTable.MEMBER,
                "list_id, role, moderation_action, address_id, user_id",
                MemberBuilder::new,
                this::replaced);
    }

    ChunkedTable<?> members() {
        return members;
    }

    /** Brings the rosters up to all that has been read; says whether one is another than before. */
    boolean update() {
        if (addresses.hasChanged()) {
            touchWhomAddressesBelongTo();
        }
        if (touchedLists.isEmpty()) {
            return false;
        }
        rebuild();
        touchedLists.clear();
        return true;
    }

    Roster members(String listId) {
        return roster(memberRosters, listId);
    }

    Roster nonmembers(String listId) {
        return roster(nonmemberRosters, listId);
    }

    private Roster roster(CompactRoster[] rosters, String listId) {
        CompactRoster roster = Optional.ofNullable(listNumbers.get(listId))
                .filter(number -> number < rosters.length)
                .map(number -> rosters[number])
                .orElse(null);
        return roster == null ? nobody : roster;
    }

    private void touchWhomAddressesBelongTo() {
        for (int i = 0; i < members.chunkCount(); i++) {
            MemberChunk chunk = members.chunk(i);
            for (int index = 0; index < chunk.lists.length; index++) {
                if (hasChanged(chunk.subscribers[index])) {
                    touchedLists.set(chunk.lists[index]);
                }
            }
        }
    }

    private boolean hasChanged(int subscriber) {
        if (subscriber >= 0) {
            return addresses.hasChanged(subscriber);
        }
        if (subscriber == NONE) {
            return false;
        }
        int preferred = addresses.preferredBy(~subscriber);
        return addresses.userHasChanged(~subscriber) || (preferred >= 0 && addresses.hasChanged(preferred));
    }

    private void rebuild() {
        int lists = listNumbers.size();
        memberRosters = Arrays.copyOf(memberRosters, Math.max(memberRosters.length, lists));
        nonmemberRosters = Arrays.copyOf(nonmemberRosters, Math.max(nonmemberRosters.length, lists));
        CompactRoster.Builder[] memberBuilders = new CompactRoster.Builder[lists];
        CompactRoster.Builder[] nonmemberBuilders = new CompactRoster.Builder[lists];
        for (int i = 0; i < members.chunkCount(); i++) {
            MemberChunk chunk = members.chunk(i);
            for (int index = 0; index < chunk.lists.length; index++) {
                if (touchedLists.get(chunk.lists[index])) {
                    add(chunk, index, chunk.isMember(index) ? memberBuilders : nonmemberBuilders);
                }
            }
        }
        touchedLists.stream().forEach(list -> {
            memberRosters[list] = built(memberBuilders[list]);
            nonmemberRosters[list] = built(nonmemberBuilders[list]);
        });
    }

    private void add(MemberChunk chunk, int index, CompactRoster.Builder[] builders) {
        int subscriber = chunk.subscribers[index];
        int preferred = subscriber >= 0 || subscriber == NONE ? subscriber : addresses.preferredBy(~subscriber);
        // An address that is not there: the user prefers none, or it went while we were reading.
        int number = preferred < 0 ? AddressTable.ABSENT : addresses.numberOf(preferred);
        if (number != AddressTable.ABSENT) {
            int list = chunk.lists[index];
            if (builders[list] == null) {
                builders[list] = new CompactRoster.Builder();
            }
            builders[list].add(number, subscriber < 0, chunk.action(index));
        }
    }

    private CompactRoster built(CompactRoster.Builder builder) {
        return builder == null ? nobody : builder.build(emails);
    }

    private void replaced(int first, MemberChunk before, MemberChunk after) {
        for (int index = 0; index < before.lists.length; index++) {
            int now = after.places.indexOf(before.places.place(index));
            if (now == RowPlaces.ABSENT || !before.hasSame(index, after, now)) {
                touchedLists.set(before.lists[index]);
            }
        }
        for (int index = 0; index < after.lists.length; index++) {
            int then = before.places.indexOf(after.places.place(index));
            if (then == RowPlaces.ABSENT || !after.hasSame(index, before, then)) {
                touchedLists.set(after.lists[index]);
            }
        }
    }

    private final class MemberBuilder implements ChunkedTable.ChunkBuilder<MemberChunk> {
        private final RowPlaces.Builder places = new RowPlaces.Builder();
        private int[] lists = new int[16];
        private int[] subscribers = new int[16];
        private byte[] kinds = new byte[16];

        @Override
        public void add(int place, ResultSet row) throws SQLException {
            int role = row.getInt(3);
            String listId = row.getString(2);
            if ((role != MEMBER && role != NONMEMBER) || listId == null) {
                return;
            }
            int index = places.add(place);
            if (index == lists.length) {
                lists = Arrays.copyOf(lists, index * 2);
                subscribers = Arrays.copyOf(subscribers, index * 2);
                kinds = Arrays.copyOf(kinds, index * 2);
            }
            lists[index] = listNumbers.computeIfAbsent(listId, id -> listNumbers.size());
            subscribers[index] = subscriber(row);
            kinds[index] = (byte) ((role == MEMBER ? KIND_MEMBER : 0) + action(row) + 1);
        }

        private static int subscriber(ResultSet row) throws SQLException {
            int address = AddressRows.id(row, 5);
            if (address >= 0) {
                return address;
            }
            int user = AddressRows.id(row, 6);
            return user >= 0 ? ~user : NONE;
        }

        private static int action(ResultSet row) throws SQLException {
            int number = row.getInt(4);
            if (row.wasNull()) {
                return NO_ACTION;
            }
            // On an unknown number Mailman stumbles; to hold is to leave the post to it.
            return ModerationAction.ofNumber(number)
                    .orElse(ModerationAction.HOLD)
                    .number();
        }

        @Override
        public MemberChunk build() {
            int size = places.size();
            return new MemberChunk(
                    places.build(),
                    Arrays.copyOf(lists, size),
                    Arrays.copyOf(subscribers, size),
                    Arrays.copyOf(kinds, size));
        }
    }
}
