// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.util.Locale;
import java.util.Optional;

/**
 * Splits a recipient address into list and subaddress, to the letter as Mailman does.
 *
 * <p>The whole address is lower-cased; it is split at the first {@code @}; an {@code alias_domain} becomes its
 * {@code mail_host}; the local part is cut at the first VERP delimiter; and what follows the last dash counts as a
 * subaddress only if it is one of Mailman's names and something stands before it. An address that is, suffix and all,
 * the name of a list is a post to that list.
 *
 * <p>Source: {@code split_recipient} and {@code handle_RCPT} in Mailman's {@code runners/lmtp.py}. Stateless and
 * thread-safe.
 */
public final class RecipientResolver {
    /** What a path holds between its brackets. */
    static final int MAX_ADDRESS_LENGTH = PathArgument.MAX_PATH_LENGTH - 2;

    private final String verpDelimiter;

    /** @param verpDelimiter Mailman's {@code [mta] verp_delimiter}, not empty */
    public RecipientResolver(String verpDelimiter) {
        if (verpDelimiter.isEmpty()) {
            throw new IllegalArgumentException("[mta] verp_delimiter is empty: set it to \"+\" in mailman.cfg");
        }
        this.verpDelimiter = verpDelimiter;
    }

    /** Finds where mail for an address goes, among the given names. */
    public Resolution resolve(String address, ListNames names) {
        if (address.length() > MAX_ADDRESS_LENGTH) {
            return new Resolution.Malformed();
        }
        String lowered = address.toLowerCase(Locale.ROOT);
        int at = lowered.indexOf('@');
        if (at <= 0 || at == lowered.length() - 1) {
            return new Resolution.Malformed();
        }
        String given = lowered.substring(at + 1);
        String domain = names.mailHostOfAlias(given).orElse(given);
        return find(withoutDetail(lowered.substring(0, at)), domain, names)
                .<Resolution>map(Resolution.Found::new)
                .orElseGet(() -> absent(domain, names));
    }

    private static Optional<Destination> find(String localPart, String domain, ListNames names) {
        Optional<Destination> post = list(localPart, domain, Optional.empty(), names);
        if (post.isPresent()) {
            // Also the list that is called like another's subaddress: handle_RCPT looks for it first.
            return post;
        }
        int dash = localPart.lastIndexOf('-');
        if (dash <= 0) {
            return Optional.empty();
        }
        return Subaddress.ofSuffix(localPart.substring(dash + 1))
                .flatMap(subaddress -> list(localPart.substring(0, dash), domain, Optional.of(subaddress), names));
    }

    private static Optional<Destination> list(
            String localPart, String domain, Optional<Subaddress> subaddress, ListNames names) {
        String postingAddress = localPart + '@' + domain;
        return names.listIdOf(postingAddress).map(listId -> new Destination(listId, postingAddress, subaddress));
    }

    private static Resolution absent(String domain, ListNames names) {
        return names.isMailHost(domain) ? new Resolution.NoSuchList() : new Resolution.DomainNotServed();
    }

    private String withoutDetail(String localPart) {
        int delimiter = localPart.indexOf(verpDelimiter);
        return delimiter < 0 ? localPart : localPart.substring(0, delimiter);
    }
}
