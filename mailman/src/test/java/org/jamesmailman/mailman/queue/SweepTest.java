// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers that died left in the queue, seen by the next one. */
class SweepTest {
    @TempDir
    Path root;

    @BeforeEach
    void createQueue() throws QueueSetupException {
        QueueDirectories.create(root);
    }

    @Test
    void deletesWhatAProcessThatDiedHasStaged() throws Exception {
        try (QueueServerProcess server = QueueServerProcess.start(root)) {
            server.stage("in", 10);
            server.stage("bounces", 10);
            server.kill();
        }
        open();
        assertThat(files("in")).containsExactlyElementsOf(ourMarks("in"));
        assertThat(files("bounces")).containsExactlyElementsOf(ourMarks("bounces"));
    }

    @Test
    void letsALivingServerCommitWhatItHasStaged() throws Exception {
        try (QueueServerProcess server = QueueServerProcess.start(root)) {
            Path staged = Path.of(server.stage("in", 10));
            open();
            assertThat(staged).exists();
            try (QueueServerProcess third = QueueServerProcess.start(root)) {
                assertThat(third.stage("in", 10)).endsWith(".tmp");
                assertThat(server.commit()).startsWith("committed ");
                assertThat(third.commit()).startsWith("committed ");
            }
        }
    }

    @Test
    void leavesWhatIsCommittedAndWhatIsMailmansOwn() throws Exception {
        String digest = "0123456789012345678901234567890123456789";
        List<String> mailmans = List.of(
                "1795480579.19+" + digest + ".bak",
                "1795480579.19+" + digest + ".pck",
                "1795480579.194254+" + digest + ".pck.tmp",
                "james-mailman-is-no-token.tmp");
        for (String file : mailmans) {
            Files.createFile(root.resolve("in").resolve(file));
        }
        String committed;
        try (QueueServerProcess server = QueueServerProcess.start(root)) {
            server.stage("in", 10);
            committed = server.commit().replace("committed ", "") + ".pck";
        }
        open();
        assertThat(files("in")).containsAll(mailmans).contains(committed);
    }

    @Test
    void deletesWhatBearsTheTokenOfAProcessWithoutAMark() throws Exception {
        Path staged = Files.createFile(root.resolve("in/1795480579.194254+00.pck.james-mailman-1-1-00000000.tmp"));
        open();
        assertThat(staged).doesNotExist();
    }

    @Test
    void startsAlthoughItCannotClearAway() throws Exception {
        Path staged = Files.createDirectory(root.resolve("in/1+00.pck.james-mailman-1-1-00000000.tmp"));
        Files.createFile(staged.resolve("so that it cannot be deleted"));
        open();
        assertThat(staged).exists();
    }

    @Test
    void makesAnotherMarkWhenTheFirstIsTakenForADeadProcesss() throws Exception {
        QueueFileSystem real = new PosixQueueFileSystem();
        int[] taken = {0};
        QueueFileSystem files = new ForwardingFileSystem(real) {
            @Override
            public FileChannel create(Path file, FileAccess access) throws IOException {
                FileChannel channel = super.create(file, access);
                if (taken[0]++ < 2) {
                    Files.delete(file);
                }
                return channel;
            }
        };
        try (ProcessMark mark = ProcessMark.make(root, FileAccess.AS_CREATED, files)) {
            assertThat(mark.file()).exists();
            assertThat(taken[0]).isEqualTo(3);
        }
    }

    private void open() throws QueueSetupException {
        MailmanQueue.open(
                QueueDirectories.check(root),
                "owner@example.com",
                LimitsFixture.LOOSE,
                new PosixQueueFileSystem(),
                InstantSource.system());
    }

    private List<String> ourMarks(String queue) throws IOException {
        return files(queue).stream()
                .filter(file -> file.endsWith(".lock") && ProcessMark.isOurs(file))
                .toList();
    }

    private List<String> files(String queue) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(queue))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
