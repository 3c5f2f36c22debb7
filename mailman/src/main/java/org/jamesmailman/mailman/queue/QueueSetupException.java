// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

/** A queue directory that Mailman and this server cannot share; the message is one sentence with the remedy. */
public final class QueueSetupException extends Exception {
    private static final long serialVersionUID = 1L;

    QueueSetupException(String message) {
        super(message);
    }
}
