// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.io.IOException;

/** A listener that should take mail does not; the message is for an administrator. */
final class ListenerException extends IOException {
    private static final long serialVersionUID = 1;

    ListenerException(String message) {
        super(message);
    }

    ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
