// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.HeapMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A message that comes again because its client has not seen our 250. */
@Timeout(120)
class RetransmitTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(1);

    @TempDir
    Path root;

    private Instant now = NOON;

    @BeforeEach
    void createQueue() throws QueueSetupException {
        QueueDirectories.create(root);
    }

    @Test
    void becomesNoSecondEntry() throws Exception {
        MailmanQueue queue = open();
        String first = deliver(queue, 1);
        assertThat(deliver(queue, 1)).isEqualTo(first);
        assertThat(deliver(queue, 2)).isNotEqualTo(first);
        assertThat(files("in", ".pck")).hasSize(2);
        assertThat(files("in", ".tmp")).isEmpty();
    }

    @Test
    void isKnownWhenMailmanHasWorkedThroughTheFirst() throws Exception {
        MailmanQueue queue = open();
        String first = deliver(queue, 1);
        Files.delete(root.resolve("in/" + first + ".pck"));
        assertThat(deliver(queue, 1)).isEqualTo(first);
        assertThat(files("in", ".pck")).isEmpty();
    }

    @Test
    void isANewMessageAfterTheWindow() throws Exception {
        MailmanQueue queue = open();
        String first = deliver(queue, 1);
        now = NOON.plus(WINDOW);
        assertThat(deliver(queue, 1)).isEqualTo(first);
        now = NOON.plus(WINDOW).plusMillis(1);
        assertThat(deliver(queue, 1)).isNotEqualTo(first);
    }

    @Test
    void isKnownWhenTheClockStepsBack() throws Exception {
        MailmanQueue queue = open();
        String first = deliver(queue, 1);
        now = NOON.minus(Duration.ofDays(1));
        assertThat(deliver(queue, 1)).isEqualTo(first);
    }

    @Test
    void isANewMessageWhereTheWindowIsZero() throws Exception {
        MailmanQueue queue = MailmanQueue.open(
                QueueDirectories.check(root),
                "owner@example.com",
                new QueueLimits(Duration.ZERO, 0, 0),
                new PosixQueueFileSystem(),
                () -> now);
        assertThat(deliver(queue, 1)).isNotEqualTo(deliver(queue, 1));
        assertThat(files("in", ".journal")).isEmpty();
    }

    @Test
    void ofAMessageThatFailedIsANewMessage() throws Exception {
        boolean[] failing = {true};
        MailmanQueue queue = open(new ForwardingFileSystem() {
            @Override
            public void syncDirectory(Path directory) throws IOException {
                super.syncDirectory(directory);
                if (failing[0] && files("in", ".pck").size() > 0) {
                    throw new IOException("Input/output error");
                }
            }
        });
        assertThat(deliver(queue, 1)).isEmpty();
        failing[0] = false;
        assertThat(deliver(queue, 1)).isNotEmpty();
        assertThat(files("in", ".pck")).hasSize(1);
    }

    @Test
    void takesPartOfABatchAndLeavesTheRestNew() throws Exception {
        MailmanQueue queue = open();
        String first = deliver(queue, 2);
        List<StagedEntry> staged = List.of(queue.stage(entry(1)), queue.stage(entry(2)), queue.stage(entry(3)));
        assertThat(queue.commit(staged))
                .containsExactly(
                        new Commit.Committed(staged.get(0).name()),
                        new Commit.Committed(first),
                        new Commit.Committed(staged.get(2).name()));
        assertThat(files("in", ".pck")).hasSize(3);
    }

    @Test
    void inTheSameBatchBecomesNoSecondEntry() throws Exception {
        MailmanQueue queue = open();
        List<StagedEntry> staged = List.of(queue.stage(entry(1)), queue.stage(entry(1)));
        List<Commit> commits = queue.commit(staged);
        assertThat(commits.get(0)).isEqualTo(commits.get(1)).isInstanceOf(Commit.Committed.class);
        assertThat(files("in", ".pck")).hasSize(1);
        assertThat(files("in", ".tmp")).isEmpty();
    }

    @Test
    void waitsForTheFirstThatIsStillBeingCommitted() throws Exception {
        CountDownLatch syncing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MailmanQueue queue = open(new ForwardingFileSystem() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                syncing.countDown();
                await(goOn);
                super.rename(from, to);
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Thread> second = new ArrayList<>();
        try {
            Future<String> first = threads.submit(() -> deliver(queue, 1));
            await(syncing);
            Future<String> again = threads.submit(() -> {
                synchronized (second) {
                    second.add(Thread.currentThread());
                }
                return deliver(queue, 1);
            });
            awaitWaiting(second);
            goOn.countDown();
            assertThat(again.get()).isEqualTo(first.get());
            assertThat(files("in", ".pck")).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void meetsAnotherMessageInAnyOrderWithoutStandingStill() throws Exception {
        MailmanQueue queue = open();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Commit>>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int message = i / 4;
                boolean turned = i % 2 == 0;
                all.add(threads.submit(() -> {
                    StagedEntry one = queue.stage(entry(2 * message));
                    StagedEntry other = queue.stage(entry(2 * message + 1));
                    return queue.commit(turned ? List.of(one, other) : List.of(other, one));
                }));
            }
            for (Future<List<Commit>> commits : all) {
                assertThat(commits.get()).allMatch(Commit.Committed.class::isInstance);
            }
            assertThat(files("in", ".pck")).hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isKnownAfterARestartWhileTheFirstLiesInTheQueue() throws Exception {
        String first = deliverAndDie(1);
        assertThat(deliver(open(InstantSource.system()), 1)).isEqualTo(first);
        assertThat(files("in", ".pck")).hasSize(1);
    }

    @Test
    void isKnownAfterARestartWhileMailmanWorksOnTheFirst() throws Exception {
        String first = deliverAndDie(1);
        Files.move(root.resolve("in/" + first + ".pck"), root.resolve("in/" + first + ".bak"));
        assertThat(deliver(open(InstantSource.system()), 1)).isEqualTo(first);
        assertThat(files("in", ".pck")).isEmpty();
    }

    @Test
    void isKnownAfterTwoRestartsWhenMailmanHasWorkedThroughTheFirst() throws Exception {
        String first = deliverAndDie(1);
        Files.delete(root.resolve("in/" + first + ".pck"));
        assertThat(deliverAndDie(1)).isEqualTo(first);
        assertThat(deliver(open(InstantSource.system()), 1)).isEqualTo(first);
        assertThat(files("in", ".pck")).isEmpty();
    }

    @Test
    void isANewMessageAfterARestartBehindTheWindow() throws Exception {
        String first = deliverAndDie(1);
        Files.delete(root.resolve("in/" + first + ".pck"));
        now = Instant.now().plus(WINDOW).plusSeconds(60);
        assertThat(deliver(open(() -> now), 1)).isNotEqualTo(first);
        assertThat(files("in", ".journal")).as("our own").hasSize(1);
        assertThat(files("in", ".lock")).as("our own").hasSize(1);
    }

    @Test
    void isKnownToTheNextServerFromAJournalThatWasCutOff() throws Exception {
        String first = deliverAndDie(1);
        Files.delete(root.resolve("in/" + first + ".pck"));
        Path journal = root.resolve("in").resolve(files("in", ".journal").get(0));
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.lastIndexOf("COMMITTED") + 30));
        assertThat(deliverAndDie(1)).isEqualTo(first);
        assertThat(deliver(open(InstantSource.system()), 1)).isEqualTo(first);
    }

    /** Pages of a file get to the disk in any order: the first may be missing after a power loss. */
    @Test
    void isANewMessageWhereTheJournalHasLostItsHead() throws Exception {
        String first = deliverAndDie(1);
        Files.delete(root.resolve("in/" + first + ".pck"));
        Path journal = root.resolve("in").resolve(files("in", ".journal").get(0));
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSize(3);
        Files.writeString(journal, lines.get(1) + "\n");
        assertThat(deliver(open(InstantSource.system()), 1)).isNotEqualTo(first);
    }

    @Test
    void keepsAJournalOfABoundedNumberOfFilesAndDeletesWhatIsOld() throws Exception {
        MailmanQueue queue = open();
        List<String> journals = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            deliver(queue, i);
            now = now.plus(WINDOW.dividedBy(3));
            journals = files("in", ".journal");
        }
        assertThat(journals).hasSizeBetween(3, 6);
    }

    @Test
    void goesOnInAnotherFileWhenTheJournalCannotBeWritten() throws Exception {
        int[] journals = {0};
        MailmanQueue queue = open(new ForwardingFileSystem() {
            @Override
            public FileChannel create(Path file, FileAccess access) throws IOException {
                FileChannel channel = super.create(file, access);
                if (file.toString().endsWith(".journal") && journals[0]++ == 0) {
                    channel.close();
                    return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
                }
                return channel;
            }
        });
        StagedEntry staged = queue.stage(entry(1));
        assertThat(queue.commit(List.of(staged)))
                .singleElement()
                .isInstanceOfSatisfying(Commit.Failed.class, failed -> assertThat(failed.cause())
                        .hasMessageContaining("cannot write the journal in " + root.resolve("in"))
                        .satisfies(e -> assertThat(e.isOutOfRoom()).isTrue()));
        assertThat(files("in", ".pck")).isEmpty();
        while (!queue.takes(entry(1).destination())) {
            Thread.sleep(20);
        }
        String first = deliver(queue, 1);
        assertThat(first).isNotEmpty();
        assertThat(deliver(queue, 1)).isEqualTo(first);
    }

    private String deliverAndDie(int message) {
        try (QueueServerProcess server = QueueServerProcess.start(root)) {
            server.stage("in", 10, message);
            return server.commit().replace("committed ", "");
        }
    }

    private MailmanQueue open() throws QueueSetupException {
        return open(() -> now);
    }

    private MailmanQueue open(InstantSource clock) throws QueueSetupException {
        return open(new PosixQueueFileSystem(), clock);
    }

    private MailmanQueue open(QueueFileSystem files) throws QueueSetupException {
        return open(files, () -> now);
    }

    private MailmanQueue open(QueueFileSystem files, InstantSource clock) throws QueueSetupException {
        return MailmanQueue.open(QueueDirectories.check(root), "owner@example.com", LimitsFixture.LOOSE, files, clock);
    }

    /** The name of the entry; empty when it was not committed. */
    private static String deliver(MailmanQueue queue, int message) throws QueueException {
        Commit commit = queue.commit(List.of(queue.stage(entry(message)))).get(0);
        return commit instanceof Commit.Committed committed ? committed.name() : "";
    }

    private static QueueEntry entry(int message) {
        return new QueueEntry(
                new Destination("ant.example.com", "ant@example.com", Optional.empty()),
                "anne@example.net",
                new HeapMessage(("Subject: " + message + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)),
                "<spare@example.com>",
                NOON,
                new Fingerprint(message, 0, 0));
    }

    private List<String> files(String queue, String extension) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(queue))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(extension))
                    .toList();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(List<Thread> threads) {
        while (true) {
            synchronized (threads) {
                if (!threads.isEmpty() && threads.get(0).getState() == Thread.State.WAITING) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }
}
