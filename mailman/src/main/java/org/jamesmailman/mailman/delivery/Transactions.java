// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jamesmailman.mailman.message.MemoryBudget;
import org.jamesmailman.mailman.message.MessageCollector;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.WireMessage;

/** Makes transactions of messages. Thread-safe. */
public final class Transactions {
    /** Four times what James keeps in memory ({@code james.message.memory.threshold}): list mail is seldom larger. */
    private static final int MEMORY_THRESHOLD = 400 * 1024;

    private static final int BUFFER_SIZE = 16 * 1024;

    private final MimeAnalyzer analyzer;
    private final InstantSource clock;
    private final Path temporaryDirectory;
    private final MemoryBudget memory = MemoryBudget.ofHeap();

    /** @param temporaryDirectory where large messages lie, nameless, while they are worked on */
    public Transactions(MimeAnalyzer analyzer, InstantSource clock, Path temporaryDirectory) {
        this.analyzer = analyzer;
        this.clock = clock;
        this.temporaryDirectory = temporaryDirectory;
    }

    /** Where the bytes of a message go as they come. */
    public MessageCollector collector(long maxSize) {
        return new MessageCollector(temporaryDirectory, MEMORY_THRESHOLD, maxSize, memory);
    }

    /** A transaction for a message that has been received now; see {@link Transaction} for the parameters. */
    public Transaction received(String reversePath, WireMessage message, String idDomain) {
        return new Transaction(reversePath, message, analyzer, clock.instant(), idDomain);
    }

    /**
     * Reads a message that is not on the wire.
     *
     * @throws IOException when it cannot be read, or not be kept meanwhile
     */
    public Read read(InputStream message, String reversePath, String idDomain) throws IOException {
        MessageCollector collector = collector(0);
        try {
            byte[] buffer = new byte[BUFFER_SIZE];
            for (int count = message.read(buffer); count >= 0; count = message.read(buffer)) {
                collector.add(buffer, 0, count);
            }
            return new Read(received(reversePath, collector.finish(), idDomain), collector);
        } catch (IOException | RuntimeException e) {
            collector.close();
            throw e;
        }
    }

    /**
     * A transaction whose message can be read until this is closed.
     *
     * @param transaction the transaction
     * @param bytes what holds its message
     */
    public record Read(Transaction transaction, MessageCollector bytes) implements Closeable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
