// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

/** A source of the directory that cannot be read; the message is one sentence with the remedy. */
public final class DirectoryException extends Exception {
    private static final long serialVersionUID = 1L;

    public DirectoryException(String message) {
        super(message);
    }

    public DirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
