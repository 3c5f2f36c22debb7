// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.Optional;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.verdict.Reply;

/** A recipient's reply, before what was staged is committed. */
sealed interface PendingReply {
    /**
     * The mailets have had the mail.
     *
     * @param outcome what they concluded, read once: what is staged by it is what is committed, and what is answered
     */
    record OfMailets(Delivery delivery, Optional<Outcome> outcome) implements PendingReply {}

    /** The reply is known. */
    record Decided(Reply reply) implements PendingReply {}
}
