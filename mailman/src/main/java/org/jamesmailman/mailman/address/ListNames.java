// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.util.Optional;

/** The names that {@link RecipientResolver} asks for. Implementations are immutable and answer without I/O or locks. */
public interface ListNames {
    /** The List-ID of the list with exactly this posting address (lower case), if there is one. */
    Optional<String> listIdOf(String postingAddress);

    /**
     * The {@code mail_host} of the first domain, in {@code mail_host} order, whose {@code alias_domain} is exactly
     * this.
     */
    Optional<String> mailHostOfAlias(String domain);

    /** Whether a domain of Mailman has exactly this {@code mail_host}. */
    boolean isMailHost(String domain);
}
