// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.time.Instant;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.WireMessage;

/**
 * What is to lie in Mailman's queue: one message for one recipient.
 *
 * @param destination the list and what is asked of it; it names the queue
 * @param reversePath the bare address of {@code MAIL FROM}; empty for the null reverse-path
 * @param message the bytes as they came over the wire
 * @param spareMessageId with its angle brackets; becomes the Message-ID of a message that has none
 * @param receivedAt when the message was received; the same for all its recipients
 * @param fingerprint by which it is known when it comes again
 */
public record QueueEntry(
        Destination destination,
        String reversePath,
        WireMessage message,
        String spareMessageId,
        Instant receivedAt,
        Fingerprint fingerprint) {}
