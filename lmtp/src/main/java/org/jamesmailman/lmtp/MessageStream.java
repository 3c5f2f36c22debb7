// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

/** A session whose connection takes a message in blocks, and not line by line. */
public interface MessageStream {
    /** From now on, and until the message ends, what the client sends is its content. */
    void receive(IncomingMessage message);
}
