// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.List;
import java.util.Optional;

/**
 * Who Mailman takes for the senders of a message ({@code Message.senders} in {@code mailman/email/message.py}).
 *
 * @see SenderHeaders
 */
public sealed interface Senders {
    /**
     * The very list that Mailman will find, whatever the Python below it.
     *
     * @param addresses valid addresses in lower case, in order, each as often as the message names it; may be empty
     */
    record Known(List<String> addresses) implements Senders {
        public Known {
            addresses = List.copyOf(addresses);
        }

        /** The one that Mailman calls the sender. */
        public Optional<String> sender() {
            return addresses.stream().findFirst();
        }
    }

    /**
     * Mailman may find other senders than we would, or fail to find any: the decision is left to it.
     *
     * @param reason for a log line; holds nothing of the message but the name of a header
     */
    record Undecidable(String reason) implements Senders {}
}
