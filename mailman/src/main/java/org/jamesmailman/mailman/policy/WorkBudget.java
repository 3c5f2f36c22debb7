// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.concurrent.atomic.AtomicLong;

/** What one message may cost, whatever the number of its recipients. Thread-safe. */
public final class WorkBudget {
    private final AtomicLong left;

    /** @param work in characters times atoms of a pattern: RE2 takes so many steps at worst */
    public WorkBudget(long work) {
        this.left = new AtomicLong(work);
    }

    /** Takes of it, whether or not there is so much left. */
    boolean spend(long work) {
        return left.addAndGet(-work) >= 0;
    }
}
