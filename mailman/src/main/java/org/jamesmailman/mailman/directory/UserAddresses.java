// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Arrays;

/** Pairs of user and address, to be put together by user. Not thread-safe. */
final class UserAddresses {
    private static final int TURN_BITS = 27;
    private static final int MAX_TURNS = 1 << TURN_BITS;
    private static final long MAX_USER = Long.MAX_VALUE >> TURN_BITS;

    /** Each pair as one number that sorts by user and then by its turn. */
    private long[] pairs = new long[16];

    private int[] addresses = new int[16];
    private int size;

    /** Notes that an address belongs to a user; a user's addresses keep the order in which they are given. */
    void add(long user, int address) {
        if (user < 0 || user > MAX_USER || size == MAX_TURNS) {
            throw new IllegalStateException("There are more users' addresses than the directory can hold.");
        }
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, size + (size >> 1));
            addresses = Arrays.copyOf(addresses, size + (size >> 1));
        }
        addresses[size] = address;
        pairs[size] = (user << TURN_BITS) | size;
        size++;
    }

    /** Gives each user their addresses; of no use afterwards. */
    void into(LinkedAddresses.Builder linked) {
        Arrays.sort(pairs, 0, size);
        int[] ofOneUser = new int[4];
        for (int from = 0, to; from < size; from = to) {
            to = endOfRun(from);
            if (to - from > ofOneUser.length) {
                ofOneUser = new int[to - from];
            }
            for (int i = from; i < to; i++) {
                ofOneUser[i - from] = addresses[(int) (pairs[i] & (MAX_TURNS - 1))];
            }
            linked.user(ofOneUser, to - from);
        }
    }

    private int endOfRun(int from) {
        int to = from + 1;
        while (to < size && pairs[to] >> TURN_BITS == pairs[from] >> TURN_BITS) {
            to++;
        }
        return to;
    }
}
