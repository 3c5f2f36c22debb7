// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import org.jamesmailman.benchmarks.lmtp.sides.Sides;

/**
 * What is measured once in each round.
 *
 * @param lists how many there are to post to
 */
public record Cell(Sides.Kind side, int lists, Workload workload) {
    /** In words, for who waits. */
    String words() {
        return side.words() + ", " + workload.words() + (side.knowsLists() ? ", " + lists + " lists" : "");
    }
}
