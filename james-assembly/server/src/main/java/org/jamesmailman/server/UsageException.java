// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

/** The command line cannot be obeyed; the message says why and how it is written. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
