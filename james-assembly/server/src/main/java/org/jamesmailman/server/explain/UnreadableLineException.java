// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

/** A line of input asks nothing that can be answered; the message says why, in a clause of printable ASCII. */
final class UnreadableLineException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableLineException(String message) {
        super(message);
    }

    UnreadableLineException(String message, Throwable cause) {
        super(message, cause);
    }
}
