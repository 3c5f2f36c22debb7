// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

/**
 * A configuration that cannot be used; the message is one sentence that names the file and the key, with the remedy.
 */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
