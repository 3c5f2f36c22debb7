// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A queue entry as Mailman's runners find it when they load it.
 *
 * @param comparable all of it but the time of receipt: class and every attribute of the message and of its parts, the
 *     headers in order, the defects, what it serialises to, the metadata with their types. Two entries are equal to
 *     Mailman just when these texts are equal
 * @param unixFrom what {@code get_unixfrom()} gives; empty when nothing
 * @param messageId with its brackets; empty when there is none
 * @param listId what the metadata name the list by
 * @param receivedTime the metadata's {@code received_time}, UTC
 * @param headers of the message, in order, each as {@code Name: value}
 */
public record EntryState(
        String comparable,
        String unixFrom,
        String messageId,
        String listId,
        LocalDateTime receivedTime,
        List<String> headers) {
    public EntryState {
        headers = List.copyOf(headers);
    }
}
