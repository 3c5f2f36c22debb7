// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

/** What became of a staged entry. */
public sealed interface Commit {
    /**
     * It is part of Mailman's queue, on the disk.
     *
     * @param name the entry's name, without the extension
     */
    record Committed(String name) implements Commit {}

    /**
     * It is not, and nothing is left of it, as far as the disk let us.
     *
     * @param cause why
     */
    record Failed(QueueException cause) implements Commit {}
}
