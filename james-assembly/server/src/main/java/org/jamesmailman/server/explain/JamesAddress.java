// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import org.apache.james.core.MailAddress;

/** Whether James can hold an address: where it cannot, RCPT is answered 501. */
final class JamesAddress {
    private JamesAddress() {}

    static boolean isOne(String address) {
        try {
            new MailAddress(address);
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
