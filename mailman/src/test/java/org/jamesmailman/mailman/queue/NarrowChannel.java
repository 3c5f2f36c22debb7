// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Writes at most so many octets at a time, as a file may that is nearly out of room. */
final class NarrowChannel extends ForwardingChannel {
    private static final int WIDTH = 777;

    NarrowChannel(FileChannel channel) {
        super(channel);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = Math.min(WIDTH, source.remaining());
        int written = super.write(source.slice(source.position(), count));
        source.position(source.position() + written);
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].hasRemaining()) {
                return write(sources[i]);
            }
        }
        return 0;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return super.transferFrom(source, position, Math.min(count, WIDTH));
    }
}
