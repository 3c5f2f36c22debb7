// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Locale;
import java.util.Optional;

/**
 * What Mailman is told to do with somebody's post.
 *
 * <p>Source: {@code Action} in Mailman's {@code interfaces/action.py}; the numbers are those in its database.
 */
public enum ModerationAction {
    HOLD(0),
    REJECT(1),
    DISCARD(2),
    ACCEPT(3),
    DEFER(4);

    private final int number;

    ModerationAction(int number) {
        this.number = number;
    }

    /** The number by which Mailman's database knows the action. */
    public int number() {
        return number;
    }

    /** Mailman's own name of the action, as REST and the configuration have it. */
    public String mailmanName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action with a number of Mailman's database, if there is one. */
    public static Optional<ModerationAction> ofNumber(int number) {
        return number < 0 || number >= values().length ? Optional.empty() : Optional.of(values()[number]);
    }

    /** The action with Mailman's own name, if there is one. */
    public static Optional<ModerationAction> ofName(String name) {
        for (ModerationAction action : values()) {
            if (action.mailmanName().equals(name)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
