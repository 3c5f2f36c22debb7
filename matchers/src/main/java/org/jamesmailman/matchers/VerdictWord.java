// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import org.jamesmailman.mailman.verdict.Verdict;

/** The words that a condition has for verdicts. */
enum VerdictWord {
    ACCEPT(Verdict.Accept.class),
    REJECT(Verdict.Reject.class),
    DISCARD(Verdict.Discard.class),
    CANNOT_TELL(Verdict.CannotTell.class);

    private final Class<? extends Verdict> type;

    VerdictWord(Class<? extends Verdict> type) {
        this.type = type;
    }

    boolean isOf(Verdict verdict) {
        return type.isInstance(verdict);
    }
}
