// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * File systems that really fail under a server, and recover under it: small ones, of its own mount namespace, and
 * libfiu between Java and the kernel. It never tells of a commit without an entry, leaves nothing for Mailman to find,
 * and goes on by itself when the fault ends.
 */
@Timeout(300)
class FailingDiskTest {
    private static final int SMALL = 100;

    @TempDir
    Path directory;

    @Test
    void withoutRoomForTheOctetsTakesWhatFitsAndGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (QueueServerProcess server = onSmallDisk("size=400k", disk)) {
            Path seen = seenBy(server, disk);
            Files.write(seen.resolve("filler"), new byte[200_000]);
            assertThat(server.stage("in", 300_000))
                    .startsWith("no room: cannot write ")
                    .endsWith("No space left on device");
            assertThat(server.stage("in", SMALL)).startsWith("no room: the queue directory " + disk.resolve("in"));
            assertThat(entries(seen)).isEmpty();
            awaitThatItTakes(server, SMALL);
            Files.delete(seen.resolve("filler"));
            awaitThatItTakes(server, 300_000);
            assertThat(entries(seen)).hasSize(2).allMatch(entry -> entry.endsWith(".pck"));
        }
    }

    @Test
    void withoutRoomForAFileTakesNothingAndGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (QueueServerProcess server = onSmallDisk("size=1m,nr_inodes=50", disk)) {
            Path seen = seenBy(server, disk);
            List<Path> fillers = fillWithFiles(seen);
            assertThat(server.stage("in", SMALL))
                    .startsWith("no room: cannot create ")
                    .endsWith("No space left on device");
            for (Path filler : fillers) {
                Files.delete(filler);
            }
            awaitThatItTakes(server, SMALL);
            assertThat(entries(seen)).hasSize(1);
        }
    }

    @Test
    void madeReadOnlyBetweenStagingAndCommitIsNoCommitAndGoesOnWhenItIsWritable() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (QueueServerProcess server = onSmallDisk("size=1m", disk)) {
            Path seen = seenBy(server, disk);
            awaitThatItTakes(server, SMALL);
            server.stage("in", SMALL);
            inNamespaceOf(server, "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"", disk);
            assertThat(server.commit()).startsWith("no room: cannot commit ").endsWith("Read-only file system");
            assertThat(entries(seen).stream().filter(entry -> entry.endsWith(".pck")))
                    .hasSize(1);
            inNamespaceOf(server, "umount \"$0\"", disk);
            awaitThatItTakes(server, SMALL);
            assertThat(entries(seen).stream().filter(entry -> entry.endsWith(".pck")))
                    .hasSize(2);
        }
    }

    @Test
    void thatFailsAtAnOperationIsNoCommitAndGoesOnAfterwards() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path control = directory.resolve("control");
        try (QueueServerProcess server = QueueServerProcess.start(disk, "fiu-run", "-x", "-f", control.toString())) {
            awaitThatItTakes(server, SMALL);
            for (String point : List.of("sync/fsync", "rw/writev", "rw/pwrite", "dir/rename")) {
                for (int error : new int[] {5, 28}) {
                    fiu(control, server, "enable name=posix/io/" + point + ",failinfo=" + error);
                    String answer = stageAndCommit(server, SMALL);
                    fiu(control, server, "disable name=posix/io/" + point);
                    assertThat(answer)
                            .as(point)
                            .startsWith(error == 5 ? "failed: " : "no room: ")
                            .endsWith(error == 5 ? "Input/output error" : "No space left on device");
                    assertThat(entries(disk)).as(point).hasSize(1);
                }
            }
            awaitThatItTakes(server, SMALL);
            assertThat(entries(disk)).hasSize(2).allMatch(entry -> entry.endsWith(".pck"));
        }
    }

    private static QueueServerProcess onSmallDisk(String options, Path disk) {
        return QueueServerProcess.start(
                disk,
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o " + options + " none " + disk + " && exec \"$@\"",
                "sh");
    }

    private static Path seenBy(QueueServerProcess server, Path disk) {
        return Path.of("/proc/" + server.pid() + "/root" + disk);
    }

    private static void inNamespaceOf(QueueServerProcess server, String script, Path disk) {
        QueueProcess.runAs(
                List.of(), "nsenter", "-t", Long.toString(server.pid()), "-m", "sh", "-c", script, disk.toString());
    }

    private static void fiu(Path control, QueueServerProcess server, String command) {
        QueueProcess.runAs(List.of(), "fiu-ctrl", "-f", control.toString(), "-c", command, Long.toString(server.pid()));
    }

    private static List<Path> fillWithFiles(Path disk) {
        List<Path> made = new ArrayList<>();
        try {
            while (true) {
                made.add(Files.createFile(disk.resolve("filler-" + made.size())));
            }
        } catch (IOException e) {
            return made;
        }
    }

    private static String stageAndCommit(QueueServerProcess server, int size) throws InterruptedException {
        while (true) {
            String staged = server.stage("in", size);
            if (staged.startsWith("/")) {
                return server.commit();
            }
            // One session a second tries after a failure for want of room.
            if (!staged.contains("takes no mail")) {
                return staged;
            }
            Thread.sleep(50);
        }
    }

    private static void awaitThatItTakes(QueueServerProcess server, int size) throws InterruptedException {
        while (!stageAndCommit(server, size).startsWith("committed ")) {
            Thread.sleep(50);
        }
    }

    private static List<String> entries(Path disk) throws IOException {
        try (Stream<Path> files = Files.list(disk.resolve("in"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".pck"))
                    .toList();
        }
    }
}
