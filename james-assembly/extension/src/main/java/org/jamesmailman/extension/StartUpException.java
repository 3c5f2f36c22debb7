// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

/** Something that keeps the extension from starting; the message is one sentence that says what, and what to do. */
public final class StartUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartUpException(String message) {
        super(message);
    }

    public StartUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
