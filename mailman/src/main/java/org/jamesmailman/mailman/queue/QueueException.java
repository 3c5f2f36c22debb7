// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.file.Path;

/** An entry that could not be staged or committed: our trouble, and so the client is to try again later. */
public final class QueueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean outOfRoom;

    private QueueException(String message, Throwable cause, boolean outOfRoom) {
        super(message, cause);
        this.outOfRoom = outOfRoom;
    }

    /**
     * Tells what failed by a sentence for the log.
     *
     * @param what the operation and the file, as "cannot write /var/lib/mailman3/queue/in/x.pck.tmp"
     * @param cause why; its text goes into the message
     */
    static QueueException of(String what, Exception cause) {
        return new QueueException(what + ": " + FileErrors.reason(cause), cause, FileErrors.isOutOfRoom(cause));
    }

    /** Tells that the queue takes nothing at the moment, though the disk would. */
    static QueueException full(Path directory, String reason) {
        return new QueueException("the queue directory " + directory + " takes no mail: " + reason, null, true);
    }

    /**
     * Whether too much waits in the queue, or the disk is full, over its quota, read-only, or not ours to write to; so
     * RFC 5321's 452 says it better than 451.
     */
    public boolean isOutOfRoom() {
        return outOfRoom;
    }
}
