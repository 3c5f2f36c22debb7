// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static java.util.regex.Pattern.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.queue.FaultyFileSystem.Course;
import org.jamesmailman.mailman.queue.FaultyFileSystem.Operation;
import org.jamesmailman.mailman.queue.FaultyFileSystem.Plan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailmanQueueTest {
    private static final long SEED = Long.getLong("mailman.queue.seed", System.nanoTime());
    private static final int RANDOM_BATCHES = 600;
    private static final Plan NO_FAULT = (operation, file) -> Course.WORKS;
    private static final List<Course> COURSES = List.of(Course.values());
    private static final Optional<Subaddress> POST = Optional.empty();
    private static final Optional<Subaddress> REQUEST = Optional.of(Subaddress.REQUEST);
    private static final Optional<Subaddress> BOUNCES = Optional.of(Subaddress.BOUNCES);

    @TempDir
    Path root;

    private int messages;

    @BeforeEach
    void createQueue() throws QueueSetupException {
        QueueDirectories.create(root);
    }

    @Test
    void stagesUnderANameThatMailmansRunnersOverlook() throws Exception {
        StagedEntry staged = queue(NO_FAULT).stage(entry(POST));
        assertThat(files()).singleElement(STRING).matches("in/" + quote(staged.name()) + "\\.pck\\..+\\.tmp");
    }

    @Test
    void commitsUnderTheNameThatItHasTold() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        StagedEntry staged = queue.stage(entry(POST));
        assertThat(queue.commit(List.of(staged))).containsExactly(new Commit.Committed(staged.name()));
        assertThat(files()).containsExactly("in/" + staged.name() + ".pck");
    }

    @Test
    void putsEachEntryIntoItsQueue() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        List<StagedEntry> staged = stage(queue, POST, REQUEST, BOUNCES, Optional.of(Subaddress.OWNER));
        queue.commit(staged);
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "in/" + staged.get(0).name() + ".pck",
                        "command/" + staged.get(1).name() + ".pck",
                        "bounces/" + staged.get(2).name() + ".pck",
                        "in/" + staged.get(3).name() + ".pck");
    }

    @Test
    void leavesNothingOfAnAbandonedEntry() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        StagedEntry staged = queue.stage(entry(POST));
        queue.abandon(staged);
        queue.abandon(staged);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesACommittedEntryAloneWhenItIsAbandonedAfterwards() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        StagedEntry staged = queue.stage(entry(POST));
        queue.commit(List.of(staged));
        queue.abandon(staged);
        assertThat(files()).containsExactly("in/" + staged.name() + ".pck");
    }

    @Test
    void commitsNothingWhenThereIsNothing() {
        assertThat(queue(NO_FAULT).commit(List.of())).isEmpty();
    }

    @Test
    void syncsAllFilesBeforeItRenamesTheFirstAndEachDirectoryOnceAfterItsLast() throws Exception {
        FaultyFileSystem files = new FaultyFileSystem(NO_FAULT);
        MailmanQueue queue = queue(files);
        List<StagedEntry> staged = stage(queue, POST, REQUEST, POST);
        queue.commit(staged);
        List<String> names = staged.stream()
                .map(entry -> entry.temporary().getFileName().toString())
                .toList();
        assertThat(files.log().subList(0, 3))
                .containsExactly("CREATE " + names.get(0), "CREATE " + names.get(1), "CREATE " + names.get(2));
        assertThat(files.log().subList(3, 6))
                .as("at once")
                .containsExactlyInAnyOrder("SYNC " + names.get(0), "SYNC " + names.get(1), "SYNC " + names.get(2));
        assertThat(files.log().subList(6, files.log().size()))
                .containsExactly(
                        "RENAME " + names.get(0),
                        "RENAME " + names.get(2),
                        "SYNC_DIRECTORY in",
                        "RENAME " + names.get(1),
                        "SYNC_DIRECTORY command");
    }

    @ParameterizedTest
    @EnumSource(
            value = Course.class,
            names = {"FAILS", "FAILS_UNCHECKED"})
    void stagesNothingWhenTheFileCannotBeCreated(Course course) throws Exception {
        MailmanQueue queue = queue(failing(Operation.CREATE, course));
        assertThatThrownBy(() -> queue.stage(entry(POST)))
                .isInstanceOf(QueueException.class)
                .hasMessageContaining("cannot create " + root.resolve("in"))
                .hasMessageContaining(FaultyFileSystem.ERROR);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheDiskIsFull() throws Exception {
        MailmanQueue queue = queue(new FullDisk());
        assertThatThrownBy(() -> queue.stage(entry(POST)))
                .isInstanceOfSatisfying(
                        QueueException.class, e -> assertThat(e.isOutOfRoom()).isTrue())
                .hasMessageContaining("cannot write")
                .hasMessageContaining("No space left on device");
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheMessageCannotBeRead() throws Exception {
        InputStream gone = InputStream.nullInputStream();
        gone.close();
        WireMessage unreadable = message(100, gone);
        assertThatThrownBy(() -> queue(NO_FAULT).stage(entry(POST, unreadable)))
                .isInstanceOfSatisfying(
                        QueueException.class, e -> assertThat(e.isOutOfRoom()).isFalse())
                .hasMessageContaining("Stream closed");
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheMessageIsShorterThanItSays() throws Exception {
        assertThatThrownBy(
                        () -> queue(NO_FAULT).stage(entry(POST, message(100, new ByteArrayInputStream(new byte[99])))))
                .isInstanceOf(QueueException.class)
                .hasMessageContaining("99 octets");
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheMessageIsTooLargeForAPickle() throws Exception {
        WireMessage huge = message(1L << 31, InputStream.nullInputStream());
        assertThatThrownBy(() -> queue(NO_FAULT).stage(entry(POST, huge)))
                .isInstanceOf(QueueException.class)
                .hasMessageContaining("2147483648 octets");
        assertThat(files()).isEmpty();
    }

    @Test
    void writesTheSameWhetherTheDiskTakesMuchAtATimeOrLittle() throws Exception {
        byte[] octets = new byte[70_000];
        new Random(7).nextBytes(octets);
        for (WireMessage message :
                List.of(new HeapMessage(octets), message(octets.length, new ByteArrayInputStream(octets)))) {
            MailmanQueue queue = queue(NO_FAULT);
            StagedEntry whole = queue.stage(entry(POST, new HeapMessage(octets)));
            StagedEntry bitten = queue(new NarrowDisk()).stage(entry(POST, message));
            assertThat(bitten.temporary()).hasSameBinaryContentAs(whole.temporary());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"SYNC", "RENAME"})
    void tellsTheOneThatFailsFromTheOthersOfItsBatch(Operation operation) throws Exception {
        List<Path> failing = new ArrayList<>();
        MailmanQueue queue =
                queue((asked, file) -> asked == operation && failing.contains(file) ? Course.FAILS : Course.WORKS);
        List<StagedEntry> staged = stage(queue, POST, POST, POST);
        failing.add(staged.get(1).temporary());
        List<Commit> commits = queue.commit(staged);
        assertThat(commits.get(0)).isEqualTo(new Commit.Committed(staged.get(0).name()));
        assertThat(commits.get(2)).isEqualTo(new Commit.Committed(staged.get(2).name()));
        assertThat(commits.get(1)).isInstanceOfSatisfying(Commit.Failed.class, failed -> assertThat(failed.cause())
                .hasMessageContaining("cannot commit " + staged.get(1).committed())
                .hasMessageContaining(FaultyFileSystem.ERROR));
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "in/" + staged.get(0).name() + ".pck",
                        "in/" + staged.get(2).name() + ".pck");
    }

    @Test
    void takesBackARenameThatHappenedAndIsToldToHaveFailed() throws Exception {
        MailmanQueue queue = queue(failing(Operation.RENAME, Course.HAPPENS_AND_FAILS));
        StagedEntry staged = queue.stage(entry(POST));
        assertThat(queue.commit(List.of(staged))).singleElement().isInstanceOf(Commit.Failed.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void takesBackWhatLiesInADirectoryThatIsNotSynced() throws Exception {
        MailmanQueue queue = queue((operation, file) ->
                operation == Operation.SYNC_DIRECTORY && file.endsWith("in") ? Course.FAILS : Course.WORKS);
        List<StagedEntry> staged = stage(queue, POST, REQUEST, POST);
        List<Commit> commits = queue.commit(staged);
        assertThat(commits.get(0)).isInstanceOfSatisfying(Commit.Failed.class, failed -> assertThat(failed.cause())
                .hasMessageContaining("cannot fsync " + root.resolve("in")));
        assertThat(commits.get(1)).isEqualTo(new Commit.Committed(staged.get(1).name()));
        assertThat(commits.get(2)).isInstanceOf(Commit.Failed.class);
        assertThat(files()).containsExactly("command/" + staged.get(1).name() + ".pck");
    }

    @Test
    void survivesAFileThatCannotEvenBeDeleted() throws Exception {
        MailmanQueue queue = queue((operation, file) ->
                operation == Operation.SYNC || operation == Operation.DELETE ? Course.FAILS_UNCHECKED : Course.WORKS);
        StagedEntry staged = queue.stage(entry(POST));
        assertThat(queue.commit(List.of(staged))).singleElement().isInstanceOf(Commit.Failed.class);
        assertThat(files())
                .as("Mailman overlooks what is left")
                .singleElement(STRING)
                .endsWith(".tmp");
    }

    @Test
    void neverTellsOfACommitWithoutAFileNorLeavesAFileOfAFailure() throws Exception {
        Random random = new Random(SEED);
        int[] odds = {2};
        // Deleting works: when nothing does, something is left.
        MailmanQueue queue = queue((operation, file) -> operation == Operation.DELETE || random.nextInt(odds[0]) > 0
                ? Course.WORKS
                : COURSES.get(random.nextInt(COURSES.size())));
        for (int i = 0; i < RANDOM_BATCHES; i++) {
            odds[0] = 2 + random.nextInt(12);
            List<StagedEntry> staged = stageWhatCanBe(queue, random);
            List<Commit> commits = queue.commit(staged);
            assertThat(commits).hasSameSizeAs(staged);
            List<String> expected = IntStream.range(0, staged.size())
                    .filter(n -> commits.get(n) instanceof Commit.Committed)
                    .mapToObj(n -> staged.get(n) + ".pck")
                    .toList();
            assertThat(files()).as("batch %d of seed %d", i, SEED).containsExactlyInAnyOrderElementsOf(expected);
            for (String file : expected) {
                Files.delete(root.resolve(file));
            }
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        MailmanQueue queue = MailmanQueue.open(directories(), "owner@example.com", LimitsFixture.LOOSE);
        Callable<List<Commit>> transaction = () -> queue.commit(stage(queue, POST, REQUEST));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<String> committed = new ArrayList<>();
            for (Future<List<Commit>> commits : pool.invokeAll(
                    IntStream.range(0, 50).mapToObj(i -> transaction).toList())) {
                commits.get().forEach(commit -> committed.add(((Commit.Committed) commit).name() + ".pck"));
            }
            assertThat(committed).hasSize(100);
            assertThat(files().stream().map(file -> file.substring(file.indexOf('/') + 1)))
                    .containsExactlyInAnyOrderElementsOf(committed);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void holdsFewFilesOpenWhateverTheNumberOfRecipients() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        List<StagedEntry> staged = new ArrayList<>();
        for (int i = 0; i < StagedFiles.MAX_WAITING + 50; i++) {
            staged.add(queue.stage(entry(POST)));
        }
        assertThat(staged.stream().filter(entry -> entry.channel().isPresent())).hasSize(StagedFiles.MAX_WAITING);
        assertThat(files()).hasSize(StagedFiles.MAX_WAITING);
        assertThat(queue.commit(staged)).hasSameSizeAs(staged).allMatch(Commit.Committed.class::isInstance);
        assertThat(files()).hasSameSizeAs(staged).allMatch(file -> file.endsWith(".pck"));
        assertThat(contents()).as("written when staged or when committed").hasSize(1);
        assertThat(queue.stage(entry(POST)).channel()).as("there is room again").isPresent();
    }

    @Test
    void makesRoomForOpenFilesHoweverAnEntryEnds() throws Exception {
        boolean[] failing = {false};
        MailmanQueue queue =
                queue((operation, file) -> failing[0] && operation != Operation.DELETE ? Course.FAILS : Course.WORKS);
        for (int i = 0; i < StagedFiles.MAX_WAITING; i++) {
            queue.abandon(queue.stage(entry(POST)));
            StagedEntry staged = queue.stage(entry(POST));
            failing[0] = true;
            assertThatThrownBy(() -> queue.stage(entry(POST))).isInstanceOf(QueueException.class);
            assertThat(queue.commit(List.of(staged))).singleElement().isInstanceOf(Commit.Failed.class);
            failing[0] = false;
        }
        assertThat(queue.stage(entry(POST)).channel()).isPresent();
    }

    @Test
    void tellsOfNoCommitIntoADirectoryThatHasBeenReplaced() throws Exception {
        Path in = root.resolve("in");
        List<Runnable> meanwhile = new ArrayList<>();
        MailmanQueue queue = queue((operation, file) -> {
            if (operation == Operation.SYNC_DIRECTORY) {
                meanwhile.forEach(Runnable::run);
            }
            return Course.WORKS;
        });
        meanwhile.add(() -> replace(in));
        assertThat(queue.commit(stage(queue, POST)))
                .singleElement(type(Commit.Failed.class))
                .satisfies(failed -> assertThat(failed.cause()).hasMessageContaining("replaced by another"));
        meanwhile.clear();
        assertThat(queue.commit(stage(queue, POST))).singleElement().isInstanceOf(Commit.Committed.class);
        assertThat(files().stream().filter(file -> file.startsWith("in/"))).hasSize(1);
    }

    @Test
    void goesOnWhenADirectoryIsThereAgain() throws Exception {
        MailmanQueue queue = queue(NO_FAULT);
        StagedEntry lost = queue.stage(entry(POST));
        Path in = root.resolve("in");
        Files.move(in, root.resolve("away"));
        assertThat(queue.commit(List.of(lost))).singleElement().isInstanceOf(Commit.Failed.class);
        assertThatThrownBy(() -> queue.stage(entry(POST)))
                .isInstanceOf(QueueException.class)
                .hasMessage("cannot use " + in + ": no such file or directory");
        QueueDirectories.create(root);
        assertThat(queue.commit(stage(queue, POST))).singleElement().isInstanceOf(Commit.Committed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/in/x: No space left on device",
                "/q/in/x: Disk quota exceeded",
                "/q/in/x: Read-only file system"
            })
    void knowsFromTheErrorThatThereIsNoRoom(String error) {
        assertThat(QueueException.of("cannot write /q/in/x", new IOException(error))
                        .isOutOfRoom())
                .isTrue();
    }

    @Test
    void knowsThatADirectoryMayNotBeWritten() {
        QueueException e = QueueException.of("cannot create /q/in/x", new AccessDeniedException("/q/in/x"));
        assertThat(e.isOutOfRoom()).isTrue();
        assertThat(e).hasMessage("cannot create /q/in/x: permission denied");
    }

    @Test
    void doesNotTakeEveryErrorForWantOfRoom() {
        QueueException gone = QueueException.of("cannot create /q/in/x", new NoSuchFileException("/q/in/x"));
        assertThat(gone.isOutOfRoom()).isFalse();
        assertThat(gone).hasMessage("cannot create /q/in/x: no such file or directory");
        assertThat(QueueException.of("cannot write /q/in/x", new IOException("Input/output error"))
                        .isOutOfRoom())
                .isFalse();
        assertThat(QueueException.of("cannot write /q/in/x", new IllegalStateException()))
                .hasMessage("cannot write /q/in/x: java.lang.IllegalStateException");
    }

    private List<StagedEntry> stageWhatCanBe(MailmanQueue queue, Random random) {
        List<StagedEntry> staged = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            try {
                staged.add(queue.stage(entry(random.nextBoolean() ? POST : REQUEST)));
            } catch (QueueException e) {
                assertThat(e).hasMessageContaining("cannot create");
            }
        }
        return staged;
    }

    private static Plan failing(Operation operation, Course course) {
        return (asked, file) -> asked == operation ? course : Course.WORKS;
    }

    private MailmanQueue queue(Plan plan) {
        return queue(new FaultyFileSystem(plan));
    }

    private MailmanQueue queue(QueueFileSystem files) {
        try {
            MailmanQueue queue = MailmanQueue.open(
                    directories(), "owner@example.com", LimitsFixture.LOOSE, files, InstantSource.system());
            if (files instanceof FaultyFileSystem faulty) {
                faulty.begin();
            }
            return queue;
        } catch (QueueSetupException e) {
            throw new IllegalStateException(e);
        }
    }

    private QueueDirectories directories() {
        try {
            return QueueDirectories.check(root);
        } catch (QueueSetupException e) {
            throw new IllegalStateException(e);
        }
    }

    @SafeVarargs
    private final List<StagedEntry> stage(MailmanQueue queue, Optional<Subaddress>... subaddresses)
            throws QueueException {
        List<StagedEntry> staged = new ArrayList<>();
        for (Optional<Subaddress> subaddress : subaddresses) {
            staged.add(queue.stage(entry(subaddress)));
        }
        return staged;
    }

    private QueueEntry entry(Optional<Subaddress> subaddress) {
        return entry(subaddress, new HeapMessage("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private QueueEntry entry(Optional<Subaddress> subaddress, WireMessage message) {
        return new QueueEntry(
                new Destination("ant.example.com", "ant@example.com", subaddress),
                "anne@example.net",
                message,
                "<spare@example.com>",
                Instant.EPOCH,
                new Fingerprint(messages++, 0, 0));
    }

    private static WireMessage message(long size, InputStream bytes) {
        return new WireMessage() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream openStream() {
                return bytes;
            }
        };
    }

    private static void replace(Path directory) {
        try {
            Files.move(directory, directory.resolveSibling("away"));
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> contents() throws IOException {
        Set<String> contents = new HashSet<>();
        for (String file : files()) {
            contents.add(Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    @Test
    void bringsTwoLargeEntriesOntoTheDiskAtATimeAndSmallOnesMeanwhile() throws Exception {
        SlowDisk disk = new SlowDisk();
        MailmanQueue queue = queue(disk);
        List<StagedEntry> large = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            large.add(queue.stage(entry(POST, new HeapMessage(new byte[SlowDisk.LARGE]))));
        }
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<List<Commit>> commit = executor.submit(() -> queue.commit(large));
            disk.begun.acquire(2);
            for (int i = 0; i < 20; i++) {
                assertThat(queue.commit(stage(queue, REQUEST))).hasOnlyElementsOfType(Commit.Committed.class);
            }
            assertThat(disk.begun.availablePermits())
                    .as("large ones beyond two")
                    .isZero();
            disk.gate.release(large.size());

            assertThat(commit.get()).hasSize(6).hasOnlyElementsOfType(Commit.Committed.class);
        } finally {
            disk.gate.release(large.size());
            executor.shutdown();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> file.contains(".pck"))
                    .toList();
        }
    }

    /** Takes names, but no octets. */
    private static class FullDisk extends ForwardingFileSystem {
        @Override
        public FileChannel create(Path file, FileAccess access) throws IOException {
            if (!file.toString().contains(".pck")) {
                return super.create(file, access);
            }
            super.create(file, access).close();
            return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        }
    }

    /** Brings no large file onto the disk before the gate is opened. */
    private static class SlowDisk extends ForwardingFileSystem {
        static final int LARGE = 4 << 20;

        private final Semaphore begun = new Semaphore(0);
        private final Semaphore gate = new Semaphore(0);

        @Override
        public void sync(FileChannel file) throws IOException {
            if (file.size() >= LARGE) {
                begun.release();
                gate.acquireUninterruptibly();
            }
            super.sync(file);
        }
    }

    /** Takes few octets at a time. */
    private static class NarrowDisk extends ForwardingFileSystem {
        @Override
        public FileChannel create(Path file, FileAccess access) throws IOException {
            return new NarrowChannel(super.create(file, access));
        }
    }
}
