// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Takes a message's bytes as they come: into memory, and, when there are many or memory is short, into a temporary file
 * that has no name any more, so that nothing is left of it when this process dies. Used by one thread at a time.
 */
public final class MessageCollector implements Closeable {
    private static final int FIRST_CAPACITY = 8 * 1024;

    /** What is kept in memory of a message that is in a file: fewer writes for small pieces. */
    private static final int WRITE_BUFFER = 32 * 1024;

    private static final byte[] NOTHING = {};

    private final Path temporaryDirectory;
    private final int memoryThreshold;
    private final long maxSize;
    private final MemoryBudget budget;

    private byte[] heap = NOTHING;
    private int inHeap;
    private long size;
    private FileChannel file;

    /**
     * @param temporaryDirectory where large messages lie meanwhile
     * @param memoryThreshold how many octets are kept in memory
     * @param maxSize beyond so many octets nothing more is kept; 0 for no limit
     * @param budget out of which the memory is taken, but for the first kilobytes, which each message has
     */
    public MessageCollector(Path temporaryDirectory, int memoryThreshold, long maxSize, MemoryBudget budget) {
        this.temporaryDirectory = temporaryDirectory;
        this.memoryThreshold = Math.max(memoryThreshold, FIRST_CAPACITY);
        this.maxSize = maxSize;
        this.budget = budget;
    }

    /**
     * Adds bytes to the message.
     *
     * @throws IOException when the temporary file cannot be made or written
     */
    public void add(byte[] bytes, int offset, int length) throws IOException {
        add(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Adds the bytes from a buffer's position to its limit to the message, and reads them off it.
     *
     * @throws IOException when the temporary file cannot be made or written
     */
    public void add(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        size += length;
        if (isTooBig()) {
            release();
            return;
        }
        if (!hasRoomFor(length)) {
            spill();
            if (length > heap.length) {
                write(bytes);
                return;
            }
        }
        bytes.get(heap, inHeap, length);
        inHeap += length;
    }

    /** Makes room in memory, if there may be more of it. */
    private boolean hasRoomFor(int length) {
        int needed = inHeap + length;
        if (needed <= heap.length) {
            return true;
        }
        if (file != null || needed > memoryThreshold) {
            return false;
        }
        int capacity = Math.min(Math.max(Math.max(heap.length * 2, needed), FIRST_CAPACITY), memoryThreshold);
        if (charge(capacity) > charge(heap.length) && !budget.take(charge(capacity) - charge(heap.length))) {
            return false;
        }
        heap = Arrays.copyOf(heap, capacity);
        return true;
    }

    /** What a capacity costs of the budget. */
    private static int charge(int capacity) {
        return Math.max(capacity - FIRST_CAPACITY, 0);
    }

    /** How many octets have come, kept or not. */
    public long size() {
        return size;
    }

    /** Whether more has come than is allowed; the message is lost then. */
    public boolean isTooBig() {
        return maxSize > 0 && size > maxSize;
    }

    /**
     * The message, when its last byte has been added; it can be read until this is closed.
     *
     * @throws IOException when the temporary file cannot be written
     */
    public WireMessage finish() throws IOException {
        if (isTooBig()) {
            throw new IllegalStateException("a message that is too big has not been kept");
        }
        if (file == null) {
            return new HeapMessage(heap, inHeap);
        }
        spill();
        return new SpooledMessage(file, size);
    }

    /** Gives up the memory and the temporary file. */
    @Override
    public void close() throws IOException {
        release();
    }

    private void release() throws IOException {
        budget.give(charge(heap.length));
        heap = NOTHING;
        inHeap = 0;
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            file = openNameless();
        }
        write(ByteBuffer.wrap(heap, 0, inHeap));
        inHeap = 0;
        if (heap.length > WRITE_BUFFER) {
            budget.give(charge(heap.length) - charge(WRITE_BUFFER));
            heap = new byte[WRITE_BUFFER];
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private FileChannel openNameless() throws IOException {
        Path path = Files.createTempFile(temporaryDirectory, "message-", ".eml");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** A message in a file that only this channel still reaches. */
    private record SpooledMessage(FileChannel channel, long size) implements WireMessage {
        @Override
        public InputStream openStream() {
            return new PositionedStream(channel, size);
        }
    }

    /** Reads a channel from its start, whatever others read of it meanwhile. */
    private static final class PositionedStream extends InputStream {
        private final FileChannel channel;
        private final long size;
        private long position;

        PositionedStream(FileChannel channel, long size) {
            this.channel = channel;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position >= size) {
                return -1;
            }
            int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
            if (count > 0) {
                position += count;
            }
            return count;
        }
    }
}
