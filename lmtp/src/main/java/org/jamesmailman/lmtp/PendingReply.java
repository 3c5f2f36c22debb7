// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.verdict.Reply;

/** A recipient's reply, before what was staged is committed. */
sealed interface PendingReply {
    /** The mailets have had the mail; what they concluded is in the delivery's sink. */
    record OfMailets(Delivery delivery) implements PendingReply {}

    /** The reply is known. */
    record Decided(Reply reply) implements PendingReply {}
}
