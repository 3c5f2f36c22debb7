// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.directory.Directory;

/** Finds where a recipient address leads, in the newest snapshot. Takes no lock and no I/O; thread-safe. */
public final class Recipients {
    private final RecipientResolver resolver;
    private final Directory directory;

    public Recipients(RecipientResolver resolver, Directory directory) {
        this.resolver = resolver;
        this.directory = directory;
    }

    /** Resolves an address as the client gave it, without angle brackets. */
    public Resolution resolve(String address) {
        return directory
                .current()
                .map(snapshot -> resolver.resolve(address, snapshot))
                .orElseGet(Resolution.NothingKnownYet::new);
    }
}
