// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A roster as the sorted numbers of its addresses and, beside each, its moderation action: five octets a membership.
 *
 * <p>Source: {@code get_member} in Mailman's {@code model/roster.py}. Immutable and thread-safe.
 */
final class CompactRoster implements Roster {
    private static final byte NO_ACTION = -1;
    private static final Optional<Membership> WITHOUT_ACTION = Optional.of(new Membership(Optional.empty()));

    /** By the action's number. */
    private static final List<Optional<Membership>> WITH_ACTION = Stream.iterate(0, number -> number + 1)
            .map(ModerationAction::ofNumber)
            .takeWhile(Optional::isPresent)
            .map(action -> Optional.of(new Membership(action)))
            .toList();

    private final AddressTable addresses;
    private final int[] ids;
    private final byte[] actions;

    private CompactRoster(AddressTable addresses, int[] ids, byte[] actions) {
        this.addresses = addresses;
        this.ids = ids;
        this.actions = actions;
    }

    @Override
    public Optional<Membership> find(String email) {
        int id = addresses.idOf(email);
        int place = id == AddressTable.ABSENT ? -1 : Arrays.binarySearch(ids, id);
        return place < 0 ? Optional.empty() : membership(place);
    }

    @Override
    public int size() {
        return ids.length;
    }

    /** The numbers of its addresses, ascending; to be read only. */
    int[] ids() {
        return ids;
    }

    /** Beside each of them the number of its moderation action, or -1; to be read only. */
    byte[] actions() {
        return actions;
    }

    /**
     * As it was taken apart by {@link #ids} and {@link #actions}.
     *
     * @throws IllegalArgumentException when they cannot be a roster's
     */
    static CompactRoster of(AddressTable addresses, int[] ids, byte[] actions) {
        int last = -1;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] <= last || ids[i] >= addresses.size()) {
                throw new IllegalArgumentException("the addresses of a roster are not in order");
            }
            if (actions[i] < NO_ACTION || actions[i] >= WITH_ACTION.size()) {
                throw new IllegalArgumentException("there is no such moderation action");
            }
            last = ids[i];
        }
        return new CompactRoster(addresses, ids, actions);
    }

    /** A roster without memberships. */
    static CompactRoster empty(AddressTable addresses) {
        return new CompactRoster(addresses, new int[0], new byte[0]);
    }

    private Optional<Membership> membership(int place) {
        byte action = actions[place];
        return action == NO_ACTION ? WITHOUT_ACTION : WITH_ACTION.get(action);
    }

    /**
     * Collects memberships. Each is one number, whose upper half is the address, then a bit for a membership by
     * preferred address, then its turn, then its action: sorted, the one that counts comes first for each address.
     */
    static final class Builder {
        private static final int ADDRESS_SHIFT = 32;
        private static final long PREFERRED = 1L << 31;
        private static final int TURN_SHIFT = 3;
        private static final int ACTION_MASK = (1 << TURN_SHIFT) - 1;
        private static final int MAX_TURNS = 1 << 28;

        private long[] entries = new long[4];
        private int size;

        void add(int address, boolean byPreferredAddress, Optional<ModerationAction> action) {
            add(
                    address,
                    byPreferredAddress,
                    action.map(ModerationAction::number).orElse((int) NO_ACTION));
        }

        /** @param action its number, or -1 */
        void add(int address, boolean byPreferredAddress, int action) {
            if (size == MAX_TURNS) {
                throw new IllegalStateException("One roster has more memberships than the directory can hold.");
            }
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size + Math.max(4, size >> 1));
            }
            entries[size] = ((long) address << ADDRESS_SHIFT)
                    | (byPreferredAddress ? PREFERRED : 0)
                    | ((long) size << TURN_SHIFT)
                    | (action + 1);
            size++;
        }

        CompactRoster build(AddressTable addresses) {
            Arrays.sort(entries, 0, size);
            int[] ids = new int[size];
            byte[] actions = new byte[size];
            int count = 0;
            for (int i = 0; i < size; i++) {
                int id = (int) (entries[i] >>> ADDRESS_SHIFT);
                if (count == 0 || ids[count - 1] != id) {
                    ids[count] = id;
                    actions[count++] = (byte) ((entries[i] & ACTION_MASK) - 1);
                }
            }
            return new CompactRoster(addresses, Arrays.copyOf(ids, count), Arrays.copyOf(actions, count));
        }
    }
}
