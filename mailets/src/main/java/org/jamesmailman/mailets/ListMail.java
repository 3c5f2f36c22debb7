// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.jamesmailman.mailman.delivery.Delivery;

/**
 * What a mail holds for Mailman's lists. Used by one thread, which closes it.
 *
 * @param deliveries one for each of the mail's recipients that is at a list
 * @param answersOnTheWire whether an LMTP client waits for the outcome; else the mail is in James's spool
 * @param bytes gives up what was read of the mail
 */
record ListMail(List<Item> deliveries, boolean answersOnTheWire, Closeable bytes) implements Closeable {
    /** A delivery and the recipient of the mail that it is for. */
    record Item(MailAddress recipient, Delivery delivery) {}

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
