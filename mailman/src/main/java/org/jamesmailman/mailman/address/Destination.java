// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.util.Optional;

/**
 * Where a recipient address leads: the list it belongs to, and what it asks of that list.
 *
 * @param listId Mailman's List-ID without angle brackets, {@code ant.example.com}
 * @param postingAddress the list's posting address, {@code ant@example.com}
 * @param subaddress empty for a post to the list
 */
public record Destination(String listId, String postingAddress, Optional<Subaddress> subaddress) {
    private static final String POSTING_QUEUE = "in";

    /** Whether mail to this destination is a post, and so meets the posting policy. */
    public boolean isPost() {
        return subaddress.isEmpty();
    }

    /** The address that leads here, in its plainest form: {@code ant-request@example.com}. */
    public String address() {
        String suffix = subaddress.map(found -> '-' + found.canonicalName()).orElse("");
        return postingAddress.replace("@", suffix + '@');
    }

    /** The domain of the list, never an alias of it. */
    public String mailHost() {
        return postingAddress.substring(postingAddress.indexOf('@') + 1);
    }

    /** The name of Mailman's queue for this destination. */
    public String queue() {
        return subaddress.map(Subaddress::queue).orElse(POSTING_QUEUE);
    }
}
