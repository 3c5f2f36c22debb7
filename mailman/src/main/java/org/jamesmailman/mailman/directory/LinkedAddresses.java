// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to one user: for each address the number of its user, and for each user with more than one
 * address a run in one array. Immutable and thread-safe.
 */
final class LinkedAddresses {
    private static final int NO_USER = -1;
    private static final int ALONE = -2;

    private final AddressTable addresses;
    private final int[] userOf;
    private final int[] starts;
    private final int[] linked;

    private LinkedAddresses(AddressTable addresses, int[] userOf, int[] starts, int[] linked) {
        this.addresses = addresses;
        this.userOf = userOf;
        this.starts = starts;
        this.linked = linked;
    }

    /** As {@link Snapshot#linkedAddresses}. */
    List<String> of(String email) {
        int id = addresses.idOf(email);
        if (id == AddressTable.ABSENT || userOf[id] == NO_USER) {
            return List.of();
        }
        return userOf[id] == ALONE ? List.of(email) : ofUser(userOf[id]);
    }

    /** How many users have more than one address; they are numbered from 0. */
    int userCount() {
        return starts.length - 1;
    }

    /** The addresses of a user who has more than one, in the order in which they were given. */
    List<String> ofUser(int user) {
        List<String> all = new ArrayList<>(starts[user + 1] - starts[user]);
        for (int i = starts[user]; i < starts[user + 1]; i++) {
            all.add(addresses.address(linked[i]));
        }
        return all;
    }

    /** Collects pairs of user and address, each as one number that sorts by user and then by its turn. */
    static final class Builder {
        private static final int TURN_BITS = 27;
        private static final int MAX_TURNS = 1 << TURN_BITS;
        private static final long MAX_USER = Long.MAX_VALUE >> TURN_BITS;

        private long[] pairs = new long[16];
        private int[] ids = new int[16];
        private int size;

        /** Notes that an address belongs to a user; a user's addresses keep the order in which they are given. */
        void add(long user, int address) {
            if (user < 0 || user > MAX_USER || size == MAX_TURNS) {
                throw new IllegalStateException("There are more users' addresses than the directory can hold.");
            }
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, size + (size >> 1));
                ids = Arrays.copyOf(ids, size + (size >> 1));
            }
            ids[size] = address;
            pairs[size] = (user << TURN_BITS) | size;
            size++;
        }

        LinkedAddresses build(AddressTable addresses) {
            Arrays.sort(pairs, 0, size);
            int[] userOf = new int[addresses.size()];
            Arrays.fill(userOf, NO_USER);
            int[] starts = new int[size + 1];
            int[] linked = new int[size];
            int users = 0;
            int count = 0;
            for (int from = 0, to; from < size; from = to) {
                to = endOfRun(from);
                if (to - from == 1) {
                    userOf[address(from)] = ALONE;
                    continue;
                }
                for (int i = from; i < to; i++) {
                    linked[count++] = address(i);
                    userOf[address(i)] = users;
                }
                starts[++users] = count;
            }
            return new LinkedAddresses(
                    addresses, userOf, Arrays.copyOf(starts, users + 1), Arrays.copyOf(linked, count));
        }

        private int endOfRun(int from) {
            int to = from + 1;
            while (to < size && pairs[to] >> TURN_BITS == pairs[from] >> TURN_BITS) {
                to++;
            }
            return to;
        }

        private int address(int place) {
            return ids[(int) (pairs[place] & (MAX_TURNS - 1))];
        }
    }
}
