// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a message with a defect. */
enum DefectAction {
    /** It is refused. */
    REFUSE,
    /** It is logged and counted, and goes on. */
    OBSERVE;

    static Optional<DefectAction> named(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
