// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Arrays;

/** At which places of a chunk there are rows, ascending: two octets a row. Immutable. */
final class RowPlaces {
    /** What {@link #indexOf} says of a place without a row. */
    static final int ABSENT = -1;

    private final short[] places;

    private RowPlaces(short[] places) {
        this.places = places;
    }

    int size() {
        return places.length;
    }

    /** The place of the row with an index from 0 to {@code size() - 1}. */
    int place(int index) {
        return places[index];
    }

    /** The index of the row at a place, or {@link #ABSENT}. */
    int indexOf(int place) {
        // Most chunks have no gaps.
        if (place < places.length && places[place] == place) {
            return place;
        }
        int index = Arrays.binarySearch(places, (short) place);
        return index < 0 ? ABSENT : index;
    }

    /** Collects places; not thread-safe. */
    static final class Builder {
        private short[] places = new short[16];
        private int size;

        /** Adds a place, and says which index the row there has. */
        int add(int place) {
            if (size == places.length) {
                places = Arrays.copyOf(places, size * 2);
            }
            places[size] = (short) place;
            return size++;
        }

        int size() {
            return size;
        }

        RowPlaces build() {
            return new RowPlaces(Arrays.copyOf(places, size));
        }
    }
}
