// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.nio.file.Path;

/**
 * An entry that waits in a queue of Mailman's.
 *
 * @param file whose folder is the queue
 */
public record QueuedEntry(Path file) {
    /** The queue's name. */
    public String queue() {
        return file.getParent().getFileName().toString();
    }
}
