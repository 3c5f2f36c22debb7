// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to one user. {@code runOf} says for each address that it has no user, that its user has no
 * other, or where in {@code runs} the addresses of its user stand: their number, and then they. Immutable and
 * thread-safe.
 */
final class LinkedAddresses {
    private static final int NO_USER = -1;
    private static final int ALONE = -2;

    private final AddressTable addresses;
    private final int[] runOf;
    private final int[] runs;

    private LinkedAddresses(AddressTable addresses, int[] runOf, int[] runs) {
        this.addresses = addresses;
        this.runOf = runOf;
        this.runs = runs;
    }

    /** As {@link Snapshot#linkedAddresses}. */
    List<String> of(String email) {
        int id = addresses.idOf(email);
        if (id == AddressTable.ABSENT || id >= runOf.length || runOf[id] == NO_USER) {
            return List.of();
        }
        if (runOf[id] == ALONE) {
            return List.of(email);
        }
        int run = runOf[id];
        List<String> all = new ArrayList<>(runs[run]);
        for (int i = run + 1; i <= run + runs[run]; i++) {
            all.add(addresses.address(runs[i]));
        }
        return all;
    }

    /** A builder that starts from these. */
    Builder toBuilder(int addressCount) {
        return new Builder(addresses, addressCount, runOf, runs);
    }

    /** For each address, see the head of this class; to be read only. */
    int[] runOf() {
        return runOf;
    }

    /** To be read only. */
    int[] runs() {
        return runs;
    }

    /**
     * As they were taken apart by {@link #runOf} and {@link #runs}.
     *
     * @throws IllegalArgumentException when the one does not fit the other
     */
    static LinkedAddresses of(AddressTable addresses, int[] runOf, int[] runs) {
        if (runOf.length > addresses.size()) {
            throw new IllegalArgumentException("more linked addresses than addresses");
        }
        boolean[] starts = new boolean[runs.length];
        for (int run = 0; run < runs.length; run += runs[run] + 1) {
            starts[run] = true;
            if (runs[run] < 1 || runs[run] >= runs.length - run) {
                throw new IllegalArgumentException("a run of linked addresses does not end");
            }
            for (int i = run + 1; i <= run + runs[run]; i++) {
                if (runs[i] < 0 || runs[i] >= addresses.size()) {
                    throw new IllegalArgumentException("there is no such linked address");
                }
            }
        }
        for (int run : runOf) {
            if (run < ALONE || run >= runs.length || (run >= 0 && !starts[run])) {
                throw new IllegalArgumentException("there is no such run of linked addresses");
            }
        }
        return new LinkedAddresses(addresses, runOf, runs);
    }

    /**
     * Collects the addresses of users, those of one user together. Not thread-safe, and of no use after {@link #build}.
     */
    static final class Builder {
        private final AddressTable addresses;
        private final int[] runOf;
        private int[] runs;
        private int runsSize;

        Builder(AddressTable addresses, int addressCount) {
            this(addresses, addressCount, new int[0], new int[0]);
        }

        private Builder(AddressTable addresses, int addressCount, int[] runOf, int[] runs) {
            this.addresses = addresses;
            this.runOf = Arrays.copyOf(runOf, addressCount);
            Arrays.fill(this.runOf, runOf.length, addressCount, NO_USER);
            this.runs = runs.clone();
            this.runsSize = runs.length;
        }

        /** Takes an address from its user. */
        void unlink(int address) {
            runOf[address] = NO_USER;
        }

        /** Gives a user the first {@code count} of these addresses, in their order. */
        void user(int[] numbers, int count) {
            if (count == 1) {
                runOf[numbers[0]] = ALONE;
                return;
            }
            if (runsSize + count + 1 > runs.length) {
                runs = Arrays.copyOf(runs, runsSize + count + 1 + (runsSize >> 2));
            }
            runs[runsSize] = count;
            System.arraycopy(numbers, 0, runs, runsSize + 1, count);
            for (int i = 0; i < count; i++) {
                runOf[numbers[i]] = runsSize;
            }
            runsSize += count + 1;
        }

        LinkedAddresses build() {
            return new LinkedAddresses(addresses, runOf, Arrays.copyOf(runs, runsSize));
        }
    }
}
