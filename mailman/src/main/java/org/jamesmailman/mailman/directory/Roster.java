// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/** The members, or the nonmembers, of one list. Immutable; a look-up takes no lock and no I/O. */
public interface Roster {
    /**
     * The membership of an address (lower case), explicit or as its user's preferred address; an explicit one beats the
     * other, as in Mailman's {@code model/roster.py}.
     */
    Optional<Membership> find(String email);

    /** How many memberships the roster has. */
    int size();
}
