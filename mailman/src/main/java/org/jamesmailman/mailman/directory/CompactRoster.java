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

    /** The address at a place from 0 to {@code size() - 1}. */
    String addressAt(int place) {
        return addresses.address(ids[place]);
    }

    /** The moderation action at a place from 0 to {@code size() - 1}. */
    Optional<ModerationAction> actionAt(int place) {
        return membership(place).flatMap(Membership::moderationAction);
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
            if (size == MAX_TURNS) {
                throw new IllegalStateException("One roster has more memberships than the directory can hold.");
            }
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size + Math.max(4, size >> 1));
            }
            entries[size] = ((long) address << ADDRESS_SHIFT)
                    | (byPreferredAddress ? PREFERRED : 0)
                    | ((long) size << TURN_SHIFT)
                    | action.map(given -> given.number() + 1).orElse(0);
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
