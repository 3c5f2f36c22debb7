// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.inner;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jamesmailman.benchmarks.lmtp.load.Posts;
import org.jamesmailman.lmtp.framing.MessageFramer;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.delivery.Transactions;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MessageCollector;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.queue.EntryPicklerFixture;
import org.jamesmailman.mailman.queue.Fingerprint;
import org.jamesmailman.mailman.queue.QueueEntry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done to the octets of one message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageParts {
    private static final Destination DESTINATION =
            new Destination("list1.example.com", "list1@example.com", Optional.empty());

    /** In KiB; from 32 on, the message has an attachment. */
    @Param({"4", "100"})
    public int size;

    private final MimeAnalyzer analyzer = new MimeAnalyzer();
    private final SenderHeaders senderHeaders = new SenderHeaders(List.of("from", "from_", "reply-to", "sender"));
    private final EntryPicklerFixture pickler = new EntryPicklerFixture();
    private final Transactions transactions =
            new Transactions(analyzer, InstantSource.system(), Path.of(System.getProperty("java.io.tmpdir")));

    private ByteBuf wire = Unpooled.EMPTY_BUFFER;
    private HeapMessage message = new HeapMessage(new byte[0]);
    private MimeAnalysis analysis;
    private QueueEntry entry;
    private String sender = "";

    public MessageParts() {}

    /** Makes the message. */
    @Setup
    public void setUp() throws IOException {
        Posts.Post post = new Posts(size * 1_024, 1, 10, 10, "jmh").next();
        byte[] octets = new byte[post.content().remaining()];
        post.content().duplicate().get(octets);
        wire = Unpooled.wrappedBuffer(octets);
        // Without the line that ends it.
        message = new HeapMessage(octets, octets.length - 3);
        analysis = analyzer.analyze(message);
        sender = post.mail();
        entry = new QueueEntry(DESTINATION, sender, message, "<spare@example.com>", Instant.EPOCH, fingerprint());
    }

    /** From the buffer of the socket to the end of the message, dot-stuffing undone, and into memory. */
    @Benchmark
    public boolean framing() throws IOException {
        try (MessageCollector collector = transactions.collector(0)) {
            MessageFramer framer = new MessageFramer(piece -> add(collector, piece));
            MessageFramer.Progress progress = framer.read(wire.readerIndex(0));
            collector.finish();
            return progress == MessageFramer.Progress.END;
        }
    }

    private static void add(MessageCollector collector, ByteBuffer piece) {
        try {
            collector.add(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The defects of the whole message, and its header. */
    @Benchmark
    public MimeAnalysis mimePass() throws IOException {
        return analyzer.analyze(message);
    }

    /** The senders that the header names. */
    @Benchmark
    public Senders senders() {
        return senderHeaders.read(analysis.headers(), sender);
    }

    /** What tells the message from every other but itself, sent again. */
    @Benchmark
    public Fingerprint fingerprint() {
        MessageDigest digest = Fingerprint.sha256();
        digest.update(message.buffer());
        return Fingerprint.of(sender, DESTINATION.postingAddress(), DESTINATION, 0, digest.digest());
    }

    /** What is written around the message's octets. */
    @Benchmark
    public int pickle() {
        return pickler.pickle(entry);
    }
}
