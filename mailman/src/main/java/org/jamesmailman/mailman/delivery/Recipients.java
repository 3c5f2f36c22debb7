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

    /**
     * Resolves an address as the client gave it, without angle brackets. An address that leads nowhere by what is known
     * may be a list's by now, as long as nobody may be refused for what is known.
     */
    public Resolution resolve(String address) {
        boolean mayRefuse = directory.maySupportRefusals();
        Resolution resolution = directory
                .current()
                .map(snapshot -> resolver.resolve(address, snapshot))
                .orElseGet(Resolution.NothingKnownYet::new);
        boolean isUnknown =
                resolution instanceof Resolution.NoSuchList || resolution instanceof Resolution.DomainNotServed;
        return isUnknown && !mayRefuse ? new Resolution.NothingKnownYet() : resolution;
    }
}
