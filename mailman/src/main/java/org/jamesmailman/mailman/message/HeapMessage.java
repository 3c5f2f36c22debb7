// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A message held in memory. */
public final class HeapMessage implements WireMessage {
    private final byte[] bytes;
    private final int length;

    /**
     * @param bytes not copied: the caller changes them no more
     * @param length how many of them, from the first, are the message
     */
    public HeapMessage(byte[] bytes, int length) {
        if (length < 0 || length > bytes.length) {
            throw new IllegalArgumentException("a message of " + length + " octets in " + bytes.length);
        }
        this.bytes = bytes;
        this.length = length;
    }

    public HeapMessage(byte[] bytes) {
        this(bytes, bytes.length);
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public InputStream openStream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** The bytes without copying them, read-only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length).asReadOnlyBuffer();
    }
}
