// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

/** Whether what Mailman would refuse is refused on the wire. */
public enum PolicyMode {
    /** Refuse it. */
    ENFORCE,
    /** Decide and log, and refuse nothing: to see what enforcing would do. */
    OBSERVE
}
