// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/** Follows the encoded content of a part, line by line. */
interface ContentCheck {
    /** Takes the line at hand. */
    void add(LineReader line);

    /** Whether all lines so far, being all, are encoded as they should be. */
    boolean isSound();
}
