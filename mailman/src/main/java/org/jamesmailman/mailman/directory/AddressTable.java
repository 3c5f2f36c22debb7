// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Addresses, each stored once and known by a number from 0 on, which it keeps for good.
 *
 * <p>The octets of all of them (UTF-8) lie one after the other in one array; {@code ends} tells where each ends, and
 * {@code slots} is an open-addressing hash table of their numbers, at most half full. So an address costs its octets
 * and 12 to 20 more, where a {@code String} in a {@code HashMap} costs about 100 more, and a look-up of an ASCII
 * address allocates little.
 *
 * <p>One thread adds, any number of threads look up, without a lock: what was added is seen from {@link #publish} on.
 * The arrays are shared with those readers, for the writer only ever fills what lies behind what was published: octets
 * and ends behind the last, and slots that were empty. A reader that meets a number in a slot that is not yet published
 * takes the slot for what it was.
 */
final class AddressTable {
    /** What {@link #idOf} says of an address that is not in the table. */
    static final int ABSENT = -1;

    private static final int MAX_OCTETS = Integer.MAX_VALUE - 8;
    private static final int MAX_SLOTS = 1 << 30;
    private static final int LEAST_SLOTS = 128;

    /** By what share arrays grow while all addresses are being collected: a half. */
    private static final int GROWTH_SHIFT = 1;

    /** The same once they have been, and few more are to come: a sixteenth, for the room is memory. */
    private static final int TRIMMED_GROWTH_SHIFT = 4;

    private final Hash hash = Hash.random();

    /** The writer's. */
    private byte[] octets = new byte[1024];

    private int[] ends = new int[64];
    private int[] slots = new int[LEAST_SLOTS];
    private int size;
    private int growthShift = GROWTH_SHIFT;

    private volatile Published published = new Published(octets, ends, slots, 0);

    /** What readers see; of the arrays, what belongs to the numbers below {@code size}. */
    private static final class Published {
        private final byte[] octets;
        private final int[] ends;
        private final int[] slots;
        private final int size;

        Published(byte[] octets, int[] ends, int[] slots, int size) {
            this.octets = octets;
            this.ends = ends;
            this.slots = slots;
            this.size = size;
        }
    }

    AddressTable() {}

    /**
     * A table of addresses that lie one after the other.
     *
     * @param octets of all of them; from now on the table's
     * @param ends where each ends, ascending from 0 to the length of {@code octets}; from now on the table's
     */
    AddressTable(byte[] octets, int[] ends) {
        this.octets = octets;
        this.ends = ends;
        this.size = ends.length;
        this.growthShift = TRIMMED_GROWTH_SHIFT;
        rehash(slotsFor(size));
        publish();
    }

    /** The number of an address, or {@link #ABSENT}. */
    int idOf(String address) {
        Published now = published;
        byte[] key = address.getBytes(StandardCharsets.UTF_8);
        int number = now.slots[slotOf(key, now.octets, now.ends, now.slots, now.size)] - 1;
        return number < now.size ? number : ABSENT;
    }

    /** The address with a number. */
    String address(int id) {
        Published now = published;
        int start = start(now.ends, id);
        return new String(now.octets, start, now.ends[id] - start, StandardCharsets.UTF_8);
    }

    /** How many addresses have been published. */
    int size() {
        return published.size;
    }

    /** The writer's: the number of an address, which is stored if it is new. */
    int add(String address) {
        byte[] key = address.getBytes(StandardCharsets.UTF_8);
        int slot = slotOf(key, octets, ends, slots, size);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int start = start(ends, size);
        reserve(start, key.length);
        System.arraycopy(key, 0, octets, start, key.length);
        ends[size] = start + key.length;
        slots[slot] = ++size;
        if (size > slots.length / 2) {
            rehash(slotsFor(size));
        }
        return size - 1;
    }

    /** The writer's: lets readers see what was added. */
    void publish() {
        published = new Published(octets, ends, slots, size);
    }

    /** The writer's: publishes, and gives back the room that was reserved for more. */
    void trim() {
        octets = Arrays.copyOf(octets, start(ends, size));
        ends = Arrays.copyOf(ends, size);
        growthShift = TRIMMED_GROWTH_SHIFT;
        publish();
    }

    /** How many octets the first addresses have, up to a number. */
    int octetCount(int count) {
        return start(published.ends, count);
    }

    /** The array in which the octets of all published addresses lie, to be read only. */
    byte[] octets() {
        return published.octets;
    }

    /** The array that says where each published address ends, to be read only. */
    int[] ends() {
        return published.ends;
    }

    /** The slot that holds a key's number plus one, or else the one where it belongs: empty, or not yet published. */
    private int slotOf(byte[] key, byte[] octets, int[] ends, int[] slots, int size) {
        int mask = slots.length - 1;
        int slot = hash.of(key, 0, key.length) & mask;
        while (true) {
            // Read once: the writer may fill it in between.
            int number = slots[slot] - 1;
            if (number < 0 || number >= size || isAt(key, octets, ends, number)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static boolean isAt(byte[] key, byte[] octets, int[] ends, int id) {
        return Arrays.equals(octets, start(ends, id), ends[id], key, 0, key.length);
    }

    private static int start(int[] ends, int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    private void reserve(int start, int length) {
        if (length > MAX_OCTETS - start) {
            throw new IllegalStateException("The addresses take more than 2 GiB, which the directory cannot hold.");
        }
        if (start + length > octets.length) {
            octets = Arrays.copyOf(octets, grown(octets.length, start + length));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, grown(ends.length, size + 1));
        }
    }

    private int grown(int length, int needed) {
        return (int) Math.min(MAX_OCTETS, Math.max(needed + 64L, length + (long) (length >> growthShift)));
    }

    private static int slotsFor(int size) {
        if (size > MAX_SLOTS / 2) {
            throw new IllegalStateException("There are more addresses than the directory can hold.");
        }
        return Math.max(LEAST_SLOTS, Integer.highestOneBit(size) << 2);
    }

    private void rehash(int length) {
        int[] rehashed = new int[length];
        int mask = length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash.of(octets, start(ends, id), ends[id]) & mask;
            while (rehashed[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            rehashed[slot] = id + 1;
        }
        slots = rehashed;
    }

    /**
     * A polynomial hash with a random odd base, of which the upper half counts. Mailman stores the address of whoever
     * posts, so a stranger chooses what is in the table: he must not be able to choose collisions too.
     */
    private record Hash(long base, long seed) {
        static Hash random() {
            SecureRandom random = new SecureRandom();
            return new Hash(random.nextLong() | 1, random.nextLong());
        }

        int of(byte[] octets, int start, int end) {
            long h = seed;
            for (int i = start; i < end; i++) {
                h = h * base + octets[i] + 1;
            }
            h = (h ^ (h >>> 32)) * base;
            return (int) (h >>> 32);
        }
    }
}
