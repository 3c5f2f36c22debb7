// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.util.Locale;
import org.jamesmailman.mailman.verdict.Verdict;

/** What will become of a message, in the words of the command's output. */
enum VerdictWord {
    /** It goes to the list, to its moderators, or to one of its subaddresses. */
    ACCEPT,
    /** It goes back. */
    REJECT,
    /** It is thrown away. */
    DISCARD,
    /** It is queued, and Mailman decides. */
    LEAVE;

    static VerdictWord of(Verdict verdict) {
        if (verdict instanceof Verdict.Accept) {
            return ACCEPT;
        }
        if (verdict instanceof Verdict.Reject) {
            return REJECT;
        }
        return verdict instanceof Verdict.Discard ? DISCARD : LEAVE;
    }

    /** As it is written. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
