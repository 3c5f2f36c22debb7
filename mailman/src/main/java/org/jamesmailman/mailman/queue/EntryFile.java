// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.WireMessage;

/** Writes a queue entry into its file. Stateless and thread-safe. */
final class EntryFile {
    private final EntryPickler pickler;

    EntryFile(EntryPickler pickler) {
        this.pickler = pickler;
    }

    void write(QueueEntry entry, FileChannel channel) throws IOException {
        ByteBuffer before = pickler.beforeMessage(entry);
        ByteBuffer after = pickler.afterMessage(entry);
        if (entry.message() instanceof HeapMessage heap) {
            writeFully(channel, before, heap.buffer(), after);
        } else {
            writeFully(channel, before);
            copy(entry.message(), channel);
            writeFully(channel, after);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining()) {
            channel.write(buffers);
        }
    }

    private static void copy(WireMessage message, FileChannel channel) throws IOException {
        try (InputStream stream = message.openStream();
                ReadableByteChannel source = Channels.newChannel(stream)) {
            long start = channel.position();
            long copied = 0;
            while (copied < message.size()) {
                long count = channel.transferFrom(source, start + copied, message.size() - copied);
                if (count == 0) {
                    throw new IOException("the message's temporary file ends after " + copied + " octets");
                }
                copied += count;
            }
            channel.position(start + copied);
        }
    }
}
