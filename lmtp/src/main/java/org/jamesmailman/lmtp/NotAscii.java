// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.jamesmailman.mailman.verdict.Reply;

/** Addresses that want SMTPUTF8 (RFC 6531), which Mailman 3.3 neither announces nor could send on. */
final class NotAscii {
    /** RFC 6531 3.5. */
    static final Reply REFUSAL = new Reply(553, "5.6.7", "the address is not ASCII, and SMTPUTF8 is not served here");

    private NotAscii() {}

    static boolean is(String argument) {
        return argument != null && argument.chars().anyMatch(c -> c > '~');
    }
}
