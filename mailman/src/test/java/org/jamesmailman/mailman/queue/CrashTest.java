// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.message.HeapMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages are queued on a {@link CrashDisk}; after every operation on it the process is killed, or the power fails,
 * perhaps a second time while the next server starts; then the client sends everything again.
 */
class CrashTest {
    private static final long SEED = Long.getLong("mailman.crashes.seed", System.nanoTime());
    private static final int RUNS = Integer.getInteger("mailman.crashes.runs", 2);
    private static final String STARTED_ONCE = "started once";
    private static final Destination POSTS = new Destination("ant.example.com", "ant@example.com", Optional.empty());
    private static final Destination BOUNCES =
            new Destination("ant.example.com", "ant@example.com", Optional.of(Subaddress.BOUNCES));

    private final Random random = new Random(SEED);
    private final Map<String, byte[]> whole = new HashMap<>();
    private Path disks;
    private int diskCount;

    /** Where fsync costs nothing, for there are very many. */
    @BeforeEach
    void makeRoom() throws IOException {
        disks = Files.createTempDirectory(Path.of("/dev/shm"), "crashes-");
    }

    @AfterEach
    void clean() throws IOException {
        delete(disks);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingThatWasAnsweredAndDoublesNothingThatComesAgain(Crash crash) throws Exception {
        for (int run = 0; run < RUNS; run++) {
            CrashDisk disk = new CrashDisk(emptyQueue(), Map.of(), STARTED_ONCE);
            work(disk, crash);
            for (int moment = 0; moment <= disk.length(); moment++) {
                restart(disk, moment, crash, crash + " at " + moment + " of seed " + SEED);
            }
        }
    }

    @Test
    void aPowerLossMayLoseWhatWasNotSynced() throws Exception {
        CrashDisk disk = new CrashDisk(emptyQueue(), Map.of(), STARTED_ONCE);
        Path file = disk.path("in/a");
        try (FileChannel channel = disk.create(file, FileAccess.AS_CREATED)) {
            channel.write(StandardCharsets.US_ASCII.encode("all of it"));
            assertThat(outcomes(disk))
                    .as("torn, lost or whole")
                    .contains("-", "", "all of it")
                    .hasSizeGreaterThan(4);
            disk.sync(channel);
        }
        assertThat(outcomes(disk)).containsExactlyInAnyOrder("-", "all of it");
        disk.syncDirectory(file.getParent());
        assertThat(outcomes(disk)).containsExactly("all of it");
        disk.rename(file, disk.path("in/b"));
        assertThat(outcomes(disk)).containsExactlyInAnyOrder("-", "all of it");
        assertThat(new String(disk.afterKill(disk.length()).get("in/b"), StandardCharsets.US_ASCII))
                .isEqualTo("all of it");
    }

    private Set<String> outcomes(CrashDisk disk) {
        Set<String> outcomes = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] content = disk.afterPowerLoss(disk.length(), random).get("in/a");
            outcomes.add(content == null ? "-" : new String(content, StandardCharsets.US_ASCII));
        }
        return outcomes;
    }

    /** What a server does in its life: messages for one or several recipients, some given up, some that come again. */
    private void work(CrashDisk disk, Crash crash) throws Exception {
        try (MailmanQueue queue = open(disk, crash.hasFaults ? new FaultyDisk(disk) : disk)) {
            disk.whenRenamed(crash.isMailmanAtWork ? entry -> workThrough(disk, entry) : entry -> {});
            for (int message = 0; message < Crash.MESSAGES; message++) {
                send(queue, disk, random.nextInt(4) == 0 ? random.nextInt(message + 1) : message);
            }
        }
    }

    private void send(MailmanQueue queue, CrashDisk disk, int message) {
        List<StagedEntry> staged = new ArrayList<>();
        for (int recipient = 0; recipient < Crash.RECIPIENTS; recipient++) {
            try {
                StagedEntry entry = queue.stage(entry(message, recipient));
                whole.put(entry.name(), Files.readAllBytes(entry.temporary()));
                if (random.nextInt(8) == 0) {
                    queue.abandon(entry);
                } else {
                    staged.add(entry);
                }
            } catch (QueueException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
        for (Commit commit : queue.commit(staged)) {
            if (commit instanceof Commit.Committed committed) {
                disk.note("answered " + committed.name());
            }
        }
    }

    private void workThrough(CrashDisk disk, Path entry) {
        if (random.nextBoolean()) {
            try {
                disk.takeAway(
                        entry,
                        "worked through " + entry.getFileName().toString().replace(".pck", ""));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void restart(CrashDisk broken, int crashedAt, Crash crash, String moment) throws Exception {
        List<String> notes = broken.notesBefore(crashedAt);
        CrashDisk disk = left(broken, crashedAt, crash.isOfTheMachine);
        if (crash.isTwofold() || random.nextInt(3) == 0) {
            int before = disk.length();
            open(disk, disk).close();
            CrashDisk next =
                    left(disk, before + random.nextInt(disk.length() - before + 1), crash.isOfTheMachineAtLast());
            delete(disk.path(""));
            disk = next;
        }
        try (MailmanQueue queue = open(disk, disk)) {
            List<String> workedThrough = subjects(notes, "worked through ");
            List<String> found = entries(disk, moment);
            assertThat(found).as(moment).containsAll(without(subjects(notes, "answered "), workedThrough));
            sendEverythingAgain(queue, moment);
            countEntries(entries(disk, moment), workedThrough, crash, moment);
        }
        delete(disk.path(""));
    }

    private CrashDisk left(CrashDisk broken, int crashedAt, boolean isOfTheMachine) throws Exception {
        return isOfTheMachine
                ? broken.restart(emptyQueue(), crashedAt, random, CrashTest::ofAnotherProcess)
                : broken.goOn(emptyQueue(), crashedAt, CrashTest::ofAnotherProcess);
    }

    private void sendEverythingAgain(MailmanQueue queue, String moment) throws QueueException, IOException {
        for (int message = 0; message < Crash.MESSAGES; message++) {
            List<StagedEntry> staged = new ArrayList<>();
            for (int recipient = 0; recipient < Crash.RECIPIENTS; recipient++) {
                StagedEntry entry = queue.stage(entry(message, recipient));
                whole.put(entry.name(), Files.readAllBytes(entry.temporary()));
                staged.add(entry);
            }
            assertThat(queue.commit(staged)).as(moment).allMatch(Commit.Committed.class::isInstance);
        }
    }

    private static void countEntries(List<String> found, List<String> workedThrough, Crash crash, String moment) {
        Map<Fingerprint, Integer> counts = new TreeMap<>();
        Stream.concat(found.stream(), workedThrough.stream())
                .forEach(
                        name -> counts.merge(EntryName.parse(name).orElseThrow().fingerprint(), 1, Integer::sum));
        assertThat(counts).as(moment).hasSize(Crash.MESSAGES * Crash.RECIPIENTS);
        if (crash.isExactlyOnce()) {
            assertThat(counts.values()).as(moment).containsOnly(1);
        }
    }

    /** The names of the entries, each seen to be whole; nothing else of ours may lie there. */
    private List<String> entries(CrashDisk disk, String moment) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(disk.path(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                assertThat(name).as(moment).doesNotEndWith(".tmp");
                if (name.endsWith(".pck")) {
                    names.add(name.replace(".pck", ""));
                    assertThat(Files.readAllBytes(file)).as(moment).isEqualTo(whole.get(name.replace(".pck", "")));
                }
            }
        }
        return names;
    }

    private static List<String> subjects(List<String> notes, String what) {
        return notes.stream()
                .filter(note -> note.startsWith(what))
                .map(note -> note.substring(what.length()))
                .toList();
    }

    private static List<String> without(List<String> all, List<String> some) {
        return all.stream().filter(one -> !some.contains(one)).toList();
    }

    /** This test is one process for all servers. */
    private static String ofAnotherProcess(String file) {
        return file.replaceAll("james-mailman-[0-9]+-[0-9]+-", "james-mailman-1-1-");
    }

    private static MailmanQueue open(CrashDisk disk, QueueFileSystem files) throws QueueSetupException {
        return MailmanQueue.open(
                QueueDirectories.check(disk.path("")),
                "owner@example.com",
                LimitsFixture.LOOSE,
                files,
                InstantSource.system());
    }

    private static QueueEntry entry(int message, int recipient) {
        return new QueueEntry(
                recipient == 2 ? BOUNCES : POSTS,
                "anne@example.net",
                new HeapMessage(("Subject: " + message + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)),
                "<spare@example.com>",
                Instant.EPOCH,
                new Fingerprint(message, recipient, 0));
    }

    private Path emptyQueue() throws IOException, QueueSetupException {
        Path root = Files.createDirectory(disks.resolve(Integer.toString(diskCount++)));
        QueueDirectories.create(root);
        return root;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What happens, and how much can be promised then. */
    enum Crash {
        OF_THE_PROCESS(false, true, false),
        OF_THE_PROCESS_AND_THEN_OF_THE_MACHINE(false, false, false),
        OF_THE_PROCESS_ON_A_FAILING_DISK(false, true, true),
        OF_THE_MACHINE(true, false, false),
        OF_THE_MACHINE_WHILE_MAILMAN_WORKS(true, true, false),
        OF_THE_MACHINE_WITH_A_FAILING_DISK(true, true, true);

        static final int MESSAGES = 3;
        static final int RECIPIENTS = 3;

        private final boolean isOfTheMachine;
        private final boolean isMailmanAtWork;
        private final boolean hasFaults;

        Crash(boolean isOfTheMachine, boolean isMailmanAtWork, boolean hasFaults) {
            this.isOfTheMachine = isOfTheMachine;
            this.isMailmanAtWork = isMailmanAtWork;
            this.hasFaults = hasFaults;
        }

        boolean isTwofold() {
            return this == OF_THE_PROCESS_AND_THEN_OF_THE_MACHINE;
        }

        boolean isOfTheMachineAtLast() {
            return isOfTheMachine || isTwofold();
        }

        /** What Mailman has worked through is forgotten by a machine that crashes at once. */
        boolean isExactlyOnce() {
            return !hasFaults && !(isOfTheMachine && isMailmanAtWork);
        }
    }

    /** Fails now and then, at what a commit consists of. */
    private final class FaultyDisk extends ForwardingFileSystem {
        private boolean begun;

        FaultyDisk(CrashDisk disk) {
            super(disk);
        }

        @Override
        public synchronized void sync(FileChannel file) throws IOException {
            fail();
            super.sync(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            fail();
            super.rename(from, to);
            begun = true;
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            super.syncDirectory(directory);
            if (begun) {
                fail();
            }
        }

        private synchronized void fail() throws IOException {
            if (random.nextInt(6) == 0) {
                throw new IOException("Input/output error");
            }
        }
    }
}
