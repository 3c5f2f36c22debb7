// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.queue.Fingerprint;
import org.jamesmailman.mailman.queue.QueueEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Destination ANT = new Destination("ant.example.com", "ant@example.com", Optional.empty());
    private static final Destination BEE = new Destination("bee.example.com", "bee@example.com", Optional.empty());

    @TempDir
    Path directory;

    private Transactions transactions;

    @BeforeEach
    void createTransactions() {
        transactions = new Transactions(new MimeAnalyzer(), InstantSource.fixed(NOON), directory);
    }

    @Test
    void readsAMessageOnceForAllRecipientsAtOnce() throws Exception {
        CountingMessage message = new CountingMessage("Message-ID: <x@y>\r\n\r\nHello.\r\n");
        Transaction transaction = transactions.received("anne@example.net", message, "example.com");
        assertThat(message.opened).as("before anybody asks").hasValue(0);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<MimeAnalysis> analysis = transaction::analysis;
            for (Future<MimeAnalysis> analysed : pool.invokeAll(Collections.nCopies(16, analysis))) {
                assertThat(analysed.get()).isSameAs(transaction.analysis());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(message.opened).hasValue(1);
        assertThat(transaction.analysis().hasMessageId()).isTrue();
    }

    @Test
    void readsAMessageAgainThatCouldNotBeReadTheFirstTime() throws Exception {
        CountingMessage message = new CountingMessage("Subject: x\r\n\r\n");
        message.failures.set(1);
        Transaction transaction = transactions.received("anne@example.net", message, "example.com");
        assertThatThrownBy(transaction::analysis).isInstanceOf(IOException.class);
        assertThat(transaction.analysis().isSound()).isTrue();
    }

    @Test
    void makesUpOneMessageIdForAllRecipients() throws Exception {
        Transaction transaction = transactions.received("", message("\r\n"), "mail.example.com");
        QueueEntry first = delivery(transaction, ANT).queueEntry();
        QueueEntry second = delivery(transaction, BEE).queueEntry();
        assertThat(first.spareMessageId())
                .isEqualTo(second.spareMessageId())
                .matches("<[0-9a-f-]{36}@mail\\.example\\.com>");
        assertThat(delivery(transactions.received("", message("\r\n"), "mail.example.com"), ANT)
                        .queueEntry()
                        .spareMessageId())
                .as("of another message")
                .isNotEqualTo(first.spareMessageId());
    }

    @Test
    void queuesForEachRecipientWhatAllShare() throws Exception {
        WireMessage message = message("Subject: x\r\n\r\n");
        Transaction transaction = transactions.received("anne@example.net", message, "example.com");
        QueueEntry entry = delivery(transaction, BEE).queueEntry();
        assertThat(entry.destination()).isEqualTo(BEE);
        assertThat(entry.reversePath()).isEqualTo("anne@example.net");
        assertThat(entry.message()).isSameAs(message);
        assertThat(entry.receivedAt()).isEqualTo(NOON);
    }

    @Test
    void givesAMessageThatComesAgainTheSameFingerprintAlthoughItHasNoMessageId() throws Exception {
        assertThat(fingerprint("anne@example.net", "\r\nx", ANT))
                .isEqualTo(fingerprint("anne@example.net", "\r\nx", ANT))
                .isNotEqualTo(fingerprint("ann@example.net", "\r\nx", ANT))
                .isNotEqualTo(fingerprint("anne@example.net", "\r\ny", ANT))
                .isNotEqualTo(fingerprint("anne@example.net", "\r\nx", BEE));
    }

    @Test
    void tellsARecipientWhoIsNamedTwiceInOneTransactionFromOneWhoIsNamedAgainInAnother() throws Exception {
        Transaction transaction = transactions.received("", message("\r\nx"), "example.com");
        Transaction again = transactions.received("", message("\r\nx"), "example.com");
        assertThat(delivery(transaction, ANT).queueEntry().fingerprint())
                .isEqualTo(delivery(again, ANT).queueEntry().fingerprint());
        assertThat(delivery(transaction, ANT).queueEntry().fingerprint())
                .isEqualTo(delivery(again, ANT).queueEntry().fingerprint())
                .isNotEqualTo(fingerprint("", "\r\nx", ANT));
    }

    private Fingerprint fingerprint(String reversePath, String message, Destination destination) throws IOException {
        return delivery(transactions.received(reversePath, message(message), "example.com"), destination)
                .queueEntry()
                .fingerprint();
    }

    @Test
    void readsAMessageFromElsewhereToTheOctet() throws Exception {
        for (int size : new int[] {0, 1, 16 * 1024, 400 * 1024, 400 * 1024 + 1, 3_000_000}) {
            byte[] octets = new byte[size];
            new Random(size).nextBytes(octets);
            try (Transactions.Read read =
                    transactions.read(new ByteArrayInputStream(octets), "anne@example.net", "example.com")) {
                WireMessage message = read.transaction().message();
                assertThat(message.size()).isEqualTo(size);
                try (InputStream stream = message.openStream()) {
                    assertThat(stream.readAllBytes()).isEqualTo(octets);
                }
                try (InputStream again = message.openStream()) {
                    assertThat(again.readAllBytes()).as("a second time").isEqualTo(octets);
                }
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void givesUpTheTemporaryFileOfAMessageThatBreaksOff() throws Exception {
        InputStream breaksOff = new SequenceInputStream(new ByteArrayInputStream(new byte[2_000_000]), closed());
        assertThatThrownBy(() -> transactions.read(breaksOff, "anne@example.net", "example.com"))
                .isInstanceOf(IOException.class);
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(Files::isSymbolicLink).map(TransactionsTest::target))
                    .noneMatch(target -> target.startsWith(directory.toString()));
        }
    }

    private static InputStream closed() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        return closed;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // The directory stream's own descriptor, closed meanwhile, or another thread's.
            return "";
        }
    }

    private static Delivery delivery(Transaction transaction, Destination destination) {
        return new Delivery(transaction, destination.postingAddress(), destination, new VerdictSink());
    }

    private static WireMessage message(String text) {
        return new HeapMessage(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Counts how often it is read, and fails as often as it is told to. */
    private static final class CountingMessage implements WireMessage {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final byte[] octets;

        CountingMessage(String text) {
            octets = text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public InputStream openStream() throws IOException {
            opened.incrementAndGet();
            if (failures.getAndDecrement() > 0) {
                throw new IOException("Input/output error");
            }
            return new ByteArrayInputStream(octets);
        }
    }
}
