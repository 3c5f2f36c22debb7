// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Addresses, each stored once and known by a number from 0 on.
 *
 * <p>The octets of all of them (UTF-8) lie one after the other in one array; {@code ends} tells where each ends, and
 * {@code slots} is an open-addressing hash table of their numbers, at most half full. So an address costs its octets
 * and 12 to 20 more, where a {@code String} in a {@code HashMap} costs about 100 more, and a look-up of an ASCII
 * address allocates nothing. Immutable and thread-safe.
 */
final class AddressTable {
    /** What {@link #idOf} says of an address that is not in the table. */
    static final int ABSENT = -1;

    private static final int MAX_OCTETS = Integer.MAX_VALUE - 8;

    private final byte[] octets;
    private final int[] ends;
    private final int[] slots;
    private final Hash hash;

    private AddressTable(byte[] octets, int[] ends, int[] slots, Hash hash) {
        this.octets = octets;
        this.ends = ends;
        this.slots = slots;
        this.hash = hash;
    }

    /** The number of an address, or {@link #ABSENT}. */
    int idOf(String address) {
        byte[] key = address.getBytes(StandardCharsets.UTF_8);
        return slots[slotOf(key, octets, ends, slots, hash)] - 1;
    }

    /** The address with a number. */
    String address(int id) {
        int start = start(ends, id);
        return new String(octets, start, ends[id] - start, StandardCharsets.UTF_8);
    }

    int size() {
        return ends.length;
    }

    /** The slot that holds a key's number plus one, or the empty one (0) where it belongs. */
    private static int slotOf(byte[] key, byte[] octets, int[] ends, int[] slots, Hash hash) {
        int mask = slots.length - 1;
        int slot = hash.of(key, 0, key.length) & mask;
        while (slots[slot] != 0 && !isAt(key, octets, ends, slots[slot] - 1)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static boolean isAt(byte[] key, byte[] octets, int[] ends, int id) {
        return Arrays.equals(octets, start(ends, id), ends[id], key, 0, key.length);
    }

    private static int start(int[] ends, int id) {
        return id == 0 ? 0 : ends[id - 1];
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

    /** Collects addresses. Not thread-safe. */
    static final class Builder {
        private final Hash hash = Hash.random();
        private byte[] octets = new byte[1024];
        private int[] ends = new int[64];
        private int[] slots = new int[128];
        private int size;

        /** The number of an address, which is stored if it is new. */
        int add(String address) {
            byte[] key = address.getBytes(StandardCharsets.UTF_8);
            int slot = slotOf(key, octets, ends, slots, hash);
            if (slots[slot] != 0) {
                return slots[slot] - 1;
            }
            int start = start(ends, size);
            reserve(start, key.length);
            System.arraycopy(key, 0, octets, start, key.length);
            ends[size] = start + key.length;
            slots[slot] = ++size;
            if (size > slots.length / 2) {
                rehash();
            }
            return size - 1;
        }

        AddressTable build() {
            int length = start(ends, size);
            return new AddressTable(Arrays.copyOf(octets, length), Arrays.copyOf(ends, size), slots.clone(), hash);
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

        private static int grown(int length, int needed) {
            return (int) Math.min(MAX_OCTETS, Math.max(needed, length + (long) (length >> 1)));
        }

        private void rehash() {
            if (slots.length > 1 << 29) {
                throw new IllegalStateException("There are more addresses than the directory can hold.");
            }
            slots = new int[slots.length * 2];
            int mask = slots.length - 1;
            for (int id = 0; id < size; id++) {
                int slot = hash.of(octets, start(ends, id), ends[id]) & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = id + 1;
            }
        }
    }
}
