// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

/** A listener cannot be started; the message is one sentence that says why, and what to do. */
public final class ListenerException extends Exception {
    private static final long serialVersionUID = 1L;

    ListenerException(String message) {
        super(message);
    }

    ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
