// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Where to cut what is sent into pieces.
 *
 * @param places each a fraction of the whole, in 1/10,000; in order
 * @param behindTheEnd how many octets before the end one more cut is, so that the line that ends a message is cut, too;
 *     0 for none
 * @param eachOctet whether each octet is a piece, where there are not too many
 */
public record Cuts(List<Integer> places, int behindTheEnd, boolean eachOctet) {
    private static final int WHOLE = 10_000;
    private static final int MOST_PIECES = 2_000;

    public Cuts {
        places = List.copyOf(places);
    }

    /** No cut, some, or all there can be. */
    public static Arbitrary<Cuts> anywhere() {
        Arbitrary<Cuts> some = Arbitraries.integers()
                .between(0, WHOLE)
                .list()
                .ofMaxSize(8)
                .flatMap(places -> Arbitraries.integers()
                        .between(0, 8)
                        .map(last -> new Cuts(places.stream().sorted().toList(), last, false)));
        return Arbitraries.frequencyOf(Tuple.of(9, some), Tuple.of(1, Arbitraries.just(new Cuts(List.of(), 0, true))));
    }

    /** The pieces, which together are the whole; none is empty. */
    public List<byte[]> of(byte[] whole) {
        List<Integer> ends = new ArrayList<>();
        if (eachOctet && whole.length <= MOST_PIECES) {
            for (int end = 1; end < whole.length; end++) {
                ends.add(end);
            }
        } else {
            places.forEach(place -> ends.add((int) ((long) whole.length * place / WHOLE)));
            ends.add(whole.length - Math.min(behindTheEnd, whole.length));
        }
        ends.add(whole.length);
        List<byte[]> pieces = new ArrayList<>();
        int start = 0;
        for (int end : ends.stream().sorted().toList()) {
            if (end > start) {
                pieces.add(Arrays.copyOfRange(whole, start, end));
                start = end;
            }
        }
        return pieces;
    }
}
