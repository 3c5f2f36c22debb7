// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

/** What becomes of an address that is no list's. */
public enum OtherRecipients {
    /** It is refused. */
    REFUSE,
    /**
     * James's own handlers decide: its RCPT hooks whether it is taken, and its delivery hooks what becomes of its mail.
     */
    JAMES
}
