// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.ListNames;

/**
 * All that Mailman knew at one moment of its domains, lists, rosters, bans and linked addresses.
 *
 * <p>Immutable and thread-safe; a look-up takes no lock and no I/O. A newer one takes its place as a whole.
 */
public interface Snapshot extends ListNames {
    /** The list with exactly this posting address, in lower case. */
    Optional<MailingList> list(String postingAddress);

    @Override
    default Optional<String> listIdOf(String postingAddress) {
        return list(postingAddress).map(MailingList::listId);
    }

    /** The bans that hold for all lists. */
    Bans siteBans();

    /**
     * The addresses (lower case) of the user that an address belongs to, the address itself among them, in the order of
     * their ids in Mailman's database; empty when it belongs to no user.
     */
    List<String> linkedAddresses(String email);

    /** How many lists there are. */
    int listCount();

    /** When the source was read. */
    Instant takenAt();
}
