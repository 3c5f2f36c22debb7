// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.ByteBuffer;

/** The pickling of queue entries, for whoever measures it. */
public final class EntryPicklerFixture {
    private final EntryPickler pickler = new EntryPickler("site-owner@example.org");

    /** How many octets of an entry stand around the message's own. */
    public int pickle(QueueEntry entry) {
        ByteBuffer before = pickler.beforeMessage(entry);
        ByteBuffer after = pickler.afterMessage(entry);
        return before.remaining() + after.remaining();
    }
}
