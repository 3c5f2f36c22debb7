// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Arrays;

/**
 * Numbers of ours for rows, by their ids in the database. Ids are added in ascending order, and have few gaps: so a row
 * is mostly found where it would be if there were none.
 */
final class RowNumbers {
    /** What {@link #find} says of an id that was not added. */
    static final int ABSENT = -1;

    private long[] ids = new long[64];
    private int[] numbers = new int[64];
    private int size;

    void add(long id, int number) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + (size >> 1));
            numbers = Arrays.copyOf(numbers, size + (size >> 1));
        }
        ids[size] = id;
        numbers[size] = number;
        size++;
    }

    int find(long id) {
        if (size == 0 || id < ids[0] || id > ids[size - 1]) {
            return ABSENT;
        }
        // Ascending whole numbers: no id stands further on than its distance from the first.
        int last = (int) Math.min(id - ids[0], size - 1L);
        int place = ids[last] == id ? last : Arrays.binarySearch(ids, 0, last, id);
        return place < 0 ? ABSENT : numbers[place];
    }
}
