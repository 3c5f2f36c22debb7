// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

/** What {@link RecipientResolver} makes of a recipient address. */
public sealed interface Resolution {
    /** The address is a list's. */
    record Found(Destination destination) implements Resolution {}

    /** Mailman serves the domain, but has no such list there. */
    record NoSuchList() implements Resolution {}

    /** Mailman does not serve the domain. */
    record DomainNotServed() implements Resolution {}

    /** The address has no domain, no local part, or a length or an octet that no list address has. */
    record Malformed() implements Resolution {}

    /** Nothing is known of Mailman's lists yet; or not of this one, by what is too old to refuse anybody for. */
    record NothingKnownYet() implements Resolution {}
}
