// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Mailman's tables {@code address} and {@code user} as they were last read: ten octets an address, six a user, and what
 * of them has changed since that was last asked. Source: {@code model/address.py}, {@code model/user.py}. Not
 * thread-safe.
 */
final class AddressRows {
    private static final int NONE = -1;

    /** How much linked addresses may take beyond twice what they took when they were made, for runs given up. */
    private static final int TOLERATED_WASTE = 10_000;

    private final AddressTable emails;
    private final ChunkedTable<AddressChunk> addresses;
    private final ChunkedTable<UserChunk> users;

    /** Ids of rows that have come, gone or changed their address; of users that prefer another one. */
    private final BitSet changedAddresses = new BitSet();

    private final BitSet changedUsers = new BitSet();

    /** Ids of users whose addresses are not the same any more, and numbers of addresses that have lost theirs. */
    private final BitSet relinkedUsers = new BitSet();

    private final BitSet unlinkedNumbers = new BitSet();
    private LinkedAddresses linked;

    /** How much the linked addresses took when they were last made anew. */
    private int linkedLength;

    private int count;

    /** By its place each row's address, by its number, and the id of its user. */
    private static final class AddressChunk {
        private final RowPlaces places;
        private final int[] numbers;
        private final int[] users;

        AddressChunk(RowPlaces places, int[] numbers, int[] users) {
            this.places = places;
            this.numbers = numbers;
            this.users = users;
        }

        int number(int place) {
            int index = places.indexOf(place);
            return index == RowPlaces.ABSENT ? NONE : numbers[index];
        }

        int user(int place) {
            int index = places.indexOf(place);
            return index == RowPlaces.ABSENT ? NONE : users[index];
        }
    }

    /** By its place the id of the address that a user prefers. */
    private static final class UserChunk {
        private final RowPlaces places;
        private final int[] preferred;

        UserChunk(RowPlaces places, int[] preferred) {
            this.places = places;
            this.preferred = preferred;
        }

        int preferred(int place) {
            int index = places.indexOf(place);
            return index == RowPlaces.ABSENT ? NONE : preferred[index];
        }
    }

    /** @param emails where the addresses themselves go */
    AddressRows(AddressTable emails) {
        this.emails = emails;
        this.linked = new LinkedAddresses.Builder(emails, 0).build();
        this.addresses = new ChunkedTable<>(
                MailmanTable.ADDRESS, "email, user_id", AddressBuilder::new, this::addressesReplaced);
        this.users =
                new ChunkedTable<>(MailmanTable.USER, "_preferred_address_id", UserBuilder::new, this::usersReplaced);
    }

    ChunkedTable<?> addresses() {
        return addresses;
    }

    ChunkedTable<?> users() {
        return users;
    }

    /** How many addresses there are. */
    int count() {
        return count;
    }

    /** The number of the address that a row holds, or {@link AddressTable#ABSENT}. */
    int numberOf(int address) {
        return addresses.chunk(address / MailmanTable.CHUNK_ROWS).number(address % MailmanTable.CHUNK_ROWS);
    }

    /** The id of the row with the address that a user prefers, or -1. */
    int preferredBy(int user) {
        return users.chunk(user / MailmanTable.CHUNK_ROWS).preferred(user % MailmanTable.CHUNK_ROWS);
    }

    /** Whether {@link #numberOf} or {@link #preferredBy} may say something else of anything. */
    boolean hasChanged() {
        return !changedAddresses.isEmpty() || !changedUsers.isEmpty();
    }

    /** Whether {@link #numberOf} says something else of an id since the last {@link #settle}. */
    boolean hasChanged(int address) {
        return changedAddresses.get(address);
    }

    /** Whether a user prefers another address since the last {@link #settle}. */
    boolean userHasChanged(int user) {
        return changedUsers.get(user);
    }

    /** Which addresses belong to one user, by all that has been read. */
    LinkedAddresses linked() {
        if (!relinkedUsers.isEmpty() || !unlinkedNumbers.isEmpty()) {
            linked = relink();
        }
        return linked;
    }

    /** Forgets what has changed. */
    void settle() {
        changedAddresses.clear();
        changedUsers.clear();
    }

    private LinkedAddresses relink() {
        if (!unlinkedNumbers.isEmpty()) {
            // While rows of two moments are known, two may hold the address: the other one's user keeps it.
            forEach((number, user) -> {
                if (user != NONE && unlinkedNumbers.get(number)) {
                    relinkedUsers.set(user);
                }
            });
        }
        boolean anew = linked.runs().length > 2 * linkedLength + TOLERATED_WASTE;
        UserAddresses pairs = new UserAddresses();
        forEach((number, user) -> {
            if (user != NONE && (anew || relinkedUsers.get(user))) {
                pairs.add(user, number);
            }
        });
        emails.publish();
        LinkedAddresses.Builder builder =
                anew ? new LinkedAddresses.Builder(emails, emails.size()) : linked.toBuilder(emails.size());
        unlinkedNumbers.stream().forEach(builder::unlink);
        pairs.into(builder);
        relinkedUsers.clear();
        unlinkedNumbers.clear();
        LinkedAddresses relinked = builder.build();
        linkedLength = anew ? relinked.runs().length : linkedLength;
        return relinked;
    }

    private interface AddressVisitor {
        void visit(int number, int user);
    }

    private void forEach(AddressVisitor visitor) {
        for (int i = 0; i < addresses.chunkCount(); i++) {
            AddressChunk chunk = addresses.chunk(i);
            for (int index = 0; index < chunk.numbers.length; index++) {
                visitor.visit(chunk.numbers[index], chunk.users[index]);
            }
        }
    }

    private void addressesReplaced(int first, AddressChunk before, AddressChunk after) {
        count += after.numbers.length - before.numbers.length;
        for (int place = 0; place < MailmanTable.CHUNK_ROWS; place++) {
            int oldNumber = before.number(place);
            int newNumber = after.number(place);
            int oldUser = before.user(place);
            int newUser = after.user(place);
            if (oldNumber != newNumber) {
                changedAddresses.set(first + place);
            }
            if (oldNumber != newNumber || oldUser != newUser) {
                relink(oldNumber, oldUser, newUser);
            }
        }
    }

    private void relink(int oldNumber, int oldUser, int newUser) {
        if (oldUser != NONE) {
            relinkedUsers.set(oldUser);
            unlinkedNumbers.set(oldNumber);
        }
        if (newUser != NONE) {
            relinkedUsers.set(newUser);
        }
    }

    private void usersReplaced(int first, UserChunk before, UserChunk after) {
        for (int place = 0; place < MailmanTable.CHUNK_ROWS; place++) {
            if (before.preferred(place) != after.preferred(place)) {
                changedUsers.set(first + place);
            }
        }
    }

    /** An id of a row, or -1 for NULL and for what no row has. */
    static int id(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() || id < 0 || id > Integer.MAX_VALUE ? NONE : (int) id;
    }

    private final class AddressBuilder implements ChunkedTable.ChunkBuilder<AddressChunk> {
        private final RowPlaces.Builder places = new RowPlaces.Builder();
        private int[] numbers = new int[16];
        private int[] userIds = new int[16];

        @Override
        public void add(int place, ResultSet row) throws SQLException {
            String email = row.getString(2);
            if (email == null) {
                return;
            }
            int index = places.add(place);
            if (index == numbers.length) {
                numbers = Arrays.copyOf(numbers, index * 2);
                userIds = Arrays.copyOf(userIds, index * 2);
            }
            numbers[index] = emails.add(email);
            userIds[index] = id(row, 3);
        }

        @Override
        public AddressChunk build() {
            int size = places.size();
            return new AddressChunk(places.build(), Arrays.copyOf(numbers, size), Arrays.copyOf(userIds, size));
        }
    }

    private static final class UserBuilder implements ChunkedTable.ChunkBuilder<UserChunk> {
        private final RowPlaces.Builder places = new RowPlaces.Builder();
        private int[] preferred = new int[16];

        @Override
        public void add(int place, ResultSet row) throws SQLException {
            int id = id(row, 2);
            if (id == NONE) {
                return;
            }
            int index = places.add(place);
            if (index == preferred.length) {
                preferred = Arrays.copyOf(preferred, index * 2);
            }
            preferred[index] = id;
        }

        @Override
        public UserChunk build() {
            return new UserChunk(places.build(), Arrays.copyOf(preferred, places.size()));
        }
    }
}
