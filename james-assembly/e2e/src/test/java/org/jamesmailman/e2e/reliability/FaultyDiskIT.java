// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.QueueDirectory;
import org.jamesmailman.testing.TemporaryFolder;
import org.junit.jupiter.api.Test;

/**
 * Mail servers go on sending while the disk of the queue fails in one way after the other, and each fault ends again:
 * no 250 without the entry, no 5xx, no file that Python cannot load, and it goes on by itself. The disk is a small
 * tmpfs in a mount namespace of the server's own; errors of single calls come from libfiu between Java and the kernel.
 */
class FaultyDiskIT {
    private static final int SENDERS = 4;
    private static final int MANY = 3;
    private static final long INTERVAL_NANOS = 50_000_000;
    private static final int ENOSPC = 28;
    private static final int EIO = 5;

    private final TemporaryFolder folder = TemporaryFolder.create("faults");
    private final Path control = folder.path().resolve("control");
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final List<Sender> senders = new ArrayList<>();
    private PrivateJames james;
    private Path disk;

    @Test
    void isNever250WithoutTheEntryNorA5xxAndAllGoesOnWhenTheFaultEnds() throws Exception {
        PrivateJames.Builder builder = PrivateJames.builder().setting("queue.min-free", "0");
        Path queue = builder.home().resolve("var/queue");
        try (folder;
                PrivateJames started = builder.inside(
                                "unshare",
                                "-m",
                                "sh",
                                "-c",
                                "mkdir -p " + queue + " && mount -t tmpfs -o size=128m none " + queue
                                        + " && exec fiu-run -x -f " + control + " \"$@\"",
                                "sh")
                        .start()) {
            james = started;
            disk = Path.of("/proc/" + james.program().pid() + "/root" + queue);
            AtomicInteger numbers = new AtomicInteger();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(
                        new Sender(james.port(), "ant-owner@lists.example.com", numbers, told::add, INTERVAL_NANOS));
            }
            awaitTaken("before all faults");
            breakAndMend();
            senders.forEach(Sender::close);
            assertThat(senders).extracting(Sender::trouble).containsOnly("");
            lookAtTheQueue(numbers.get());
        }
    }

    private void breakAndMend() throws IOException {
        for (String call : List.of("sync/fsync", "rw/writev", "rw/pwrite", "dir/rename")) {
            for (int error : new int[] {ENOSPC, EIO}) {
                // Also of half the calls: then a commit fails in the middle.
                whileBroken(call + " " + error, "enable name=posix/io/" + call + ",failinfo=" + error, call);
                whileBroken(
                        "half of " + call + " " + error,
                        "enable_random name=posix/io/" + call + ",failinfo=" + error + ",probability=0.5",
                        call);
            }
        }
        Path filler = disk.resolve("filler");
        fill(filler);
        awaitPutOff("a full disk");
        Files.delete(filler);
        awaitTaken("a full disk");

        inNamespace("mount --bind " + mounted() + " " + mounted() + " && mount -o remount,bind,ro " + mounted());
        awaitPutOff("a disk that is read-only");
        inNamespace("umount " + mounted());
        awaitTaken("a disk that was read-only");

        Path in = disk.resolve("in");
        Files.move(in, disk.resolve("away"));
        awaitPutOff("a directory that is gone");
        Files.move(disk.resolve("away"), in);
        awaitTaken("a directory that was gone");

        Path replaced = Files.move(in, disk.resolve("replaced"));
        Files.setPosixFilePermissions(Files.createDirectory(in), Files.getPosixFilePermissions(replaced));
        awaitTaken("another directory in its place");
    }

    private void whileBroken(String what, String command, String call) {
        fiu(command);
        awaitPutOff(what);
        fiu("disable name=posix/io/" + call);
        awaitTaken(what);
    }

    private void fiu(String command) {
        Program.of(
                        "fiu-ctrl",
                        "-f",
                        control.toString(),
                        "-c",
                        command,
                        Long.toString(james.program().pid()))
                .runWell();
    }

    private void inNamespace(String command) {
        Program.of("nsenter", "-t", Long.toString(james.program().pid()), "-m", "sh", "-c", command)
                .runWell();
    }

    private String mounted() {
        return disk.toString().replaceFirst("^/proc/[0-9]+/root", "");
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[64 * 1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private void awaitPutOff(String fault) {
        int before = senders.stream().mapToInt(Sender::putOff).sum();
        Await.until(
                "mail that is put off because of " + fault,
                () -> isTrouble() || senders.stream().mapToInt(Sender::putOff).sum() >= before + MANY);
        assertNoTrouble(fault);
    }

    private void awaitTaken(String fault) {
        int before = senders.stream().mapToInt(Sender::taken).sum();
        Await.until(
                "mail that is taken after " + fault,
                () -> isTrouble() || senders.stream().mapToInt(Sender::taken).sum() >= before + MANY);
        assertNoTrouble(fault);
    }

    private boolean isTrouble() {
        return senders.stream().anyMatch(sender -> !sender.trouble().isEmpty());
    }

    private void assertNoTrouble(String fault) {
        assertThat(senders).as(fault).extracting(Sender::trouble).containsOnly("");
    }

    private void lookAtTheQueue(int sent) throws IOException {
        // A staged file that could not be deleted then, because of the fault, is left to the next start.
        List<Path> files = Stream.of("in", "replaced")
                .flatMap(name -> new QueueDirectory(disk.resolve(name)).entries().stream())
                .toList();
        Map<String, Integer> found = Posts.count(readableCopies(files));
        assertThat(found).hasSize(sent);
        assertThat(files.stream()
                        .map(file -> file.getFileName().toString().replace(".pck", ""))
                        .collect(Collectors.toSet()))
                .containsAll(told);
        System.out.printf(
                "%d messages taken, put off %d times; in the queue more than once: %d%n",
                sent,
                senders.stream().mapToInt(Sender::putOff).sum(),
                found.values().stream().filter(times -> times > 1).count());
    }

    /** Python reads as Mailman's user, who may not look into another user's mount namespace. */
    private List<Path> readableCopies(List<Path> files) throws IOException {
        Path copies = Files.createDirectory(folder.path().resolve("copies"));
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> readable = new ArrayList<>();
        for (Path file : files) {
            Path copy = Files.copy(file, copies.resolve(file.getFileName().toString()));
            readable.add(Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--")));
        }
        return readable;
    }
}
