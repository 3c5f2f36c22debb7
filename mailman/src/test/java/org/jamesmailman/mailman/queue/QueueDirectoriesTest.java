// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user {@code list} of Debian's mailman3 is Mailman here, and {@code nobody} this server. */
class QueueDirectoriesTest {
    private static final List<String> QUEUES = List.of("in", "command", "bounces");
    private static final List<String> AS_ROOT = List.of();
    private static final List<String> AS_MAILMAN = List.of("-u", "list", "-g", "list");
    private static final List<String> AS_STRANGER = List.of("-u", "nobody", "-g", "nogroup");
    private static final List<String> AS_GROUP_MEMBER = List.of("-u", "nobody", "-g", "nogroup", "-G", "list");

    @TempDir
    static Path shared;

    private static QueueProcess process;

    @TempDir
    Path directory;

    private Path root;

    @BeforeAll
    static void prepareProcess() throws IOException {
        setMode(shared, "rwxr-xr-x");
        process = QueueProcess.prepare(shared);
    }

    @BeforeEach
    void letOthersIn() throws IOException {
        setMode(directory, "rwxr-xr-x");
        root = directory.resolve("queue");
    }

    @Test
    void makesWhatIsMissingWithMailmansMode() throws Exception {
        QueueDirectories.create(root);
        for (String queue : QUEUES) {
            assertThat(PosixFilePermissions.toString(
                            attributes(root.resolve(queue)).permissions()))
                    .isEqualTo("rwxrwx---");
        }
        QueueDirectories.check(root);
        for (String queue : QUEUES) {
            assertThat(root.resolve(queue)).as("of the check").isEmptyDirectory();
        }
    }

    @Test
    void leavesTheDirectoriesThatAreThereAsTheyAre() throws Exception {
        Path in = Files.createDirectories(root.resolve("in"));
        setMode(in, "rwxr-x---");
        Files.createFile(in.resolve("entry.pck"));
        QueueDirectories.create(root);
        assertThat(PosixFilePermissions.toString(attributes(in).permissions())).isEqualTo("rwxr-x---");
        assertThat(files()).containsExactly("in/entry.pck");
    }

    @Test
    void saysWhyDirectoriesCannotBeMade() throws Exception {
        Files.createFile(root);
        assertThatExceptionOfType(QueueSetupException.class)
                .isThrownBy(() -> QueueDirectories.create(root))
                .withMessageStartingWith("The queue directory " + root.resolve("in") + " cannot be made (")
                .withMessageContaining("queue.directory in mailman.properties");
    }

    @Test
    void refusesADirectoryThatIsNotThere() throws Exception {
        QueueDirectories.create(root);
        Files.delete(root.resolve("bounces"));
        assertThatExceptionOfType(QueueSetupException.class)
                .isThrownBy(() -> QueueDirectories.check(root))
                .withMessage("The queue directory " + root.resolve("bounces") + " does not exist: start Mailman once,"
                        + " which makes it, or correct queue.directory in mailman.properties");
    }

    @Test
    void refusesAFileInThePlaceOfADirectory() throws Exception {
        QueueDirectories.create(root);
        Files.delete(root.resolve("command"));
        Files.createFile(root.resolve("command"));
        assertThatExceptionOfType(QueueSetupException.class)
                .isThrownBy(() -> QueueDirectories.check(root))
                .withMessageStartingWith("The queue directory " + root.resolve("command") + " does not exist");
    }

    @Test
    void refusesADirectoryWithTheStickyBit() throws Exception {
        QueueDirectories.create(root);
        Files.setAttribute(root.resolve("in"), "unix:mode", 01770);
        assertThatExceptionOfType(QueueSetupException.class)
                .isThrownBy(() -> QueueDirectories.check(root))
                .withMessage("The queue directory " + root.resolve("in") + " has the sticky bit, so that Mailman may"
                        + " not rename what this server writes: remove it by: chmod -t " + root.resolve("in"));
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesADirectoryThatThisServersUserMayNotWriteTo() throws Exception {
        mailmansQueue("rwxrwx---");
        assertThat(process.run("022", AS_STRANGER, root))
                .isEqualTo("The queue directory " + root.resolve("in") + " is not writable for user nobody: add that"
                        + " user to the directory's group by: usermod -a -G list nobody, and start this server anew");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesADirectoryInWhichMailmanCouldNotWorkThroughThisServersFiles() throws Exception {
        mailmansQueue("rwxrwxrwx");
        assertThat(process.run("022", AS_STRANGER, root))
                .isEqualTo("Files that user nobody makes in " + root.resolve("in") + " cannot be given its group list,"
                        + " so that Mailman could not work through them: add the user to the group by:"
                        + " usermod -a -G list nobody, and start this server anew");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"077", "022", "002", "000", "0277"})
    void makesFilesThatMailmanMayWorkWithWhateverTheUmask(String umask) throws Exception {
        mailmansQueue("rwxrwx---");
        Path entry = Path.of(process.run(umask, AS_GROUP_MEMBER, root));
        assertThat(files()).containsExactly(root.relativize(entry).toString());
        PosixFileAttributes attributes = attributes(entry);
        assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("rw-rw----");
        assertThat(attributes.owner().getName()).isEqualTo("nobody");
        assertThat(attributes.group().getName()).isEqualTo("list");
        letMailmanRecover(entry);
    }

    @Test
    void makesFilesThatMailmanMayWorkWithAsRoot() throws Exception {
        mailmansQueue("rwxrwx---");
        Path entry = Path.of(process.run("077", AS_ROOT, root));
        assertThat(PosixFilePermissions.toString(attributes(entry).permissions()))
                .isEqualTo("rw-rw----");
        assertThat(attributes(entry).group().getName()).isEqualTo("list");
        letMailmanRecover(entry);
    }

    @Test
    void makesFilesThatMailmanMayWorkWithInADirectoryThatHandsItsGroupOn() throws Exception {
        mailmansQueue("rwxrwxrwx");
        for (String queue : QUEUES) {
            Files.setAttribute(root.resolve(queue), "unix:mode", 02777);
        }
        Path entry = Path.of(process.run("077", AS_STRANGER, root));
        assertThat(attributes(entry).owner().getName()).isEqualTo("nobody");
        letMailmanRecover(entry);
    }

    @Test
    void takesADirectoryOfAnotherGroupWhenItRunsAsMailmanItself() throws Exception {
        mailmansQueue("rwx------");
        for (String queue : QUEUES) {
            setOwner(root.resolve(queue), "list", "root");
        }
        Path entry = Path.of(process.run("027", AS_MAILMAN, root));
        assertThat(attributes(entry).owner().getName()).isEqualTo("list");
        letMailmanRecover(entry);
    }

    @Test
    void makesADirectoryThatItIsThenContentWith() throws Exception {
        assertThat(process.run("077", AS_ROOT, root, "create")).startsWith(root.resolve("in") + "/");
    }

    /** What Mailman's switchboard does to an entry, with a crash between. */
    private void letMailmanRecover(Path entry) throws IOException {
        QueueProcess.runAs(
                AS_MAILMAN,
                "sh",
                "-ec",
                "mv \"$1\" \"$1.bak\"; cat \"$1.bak\"; echo >> \"$1.bak\"; rm \"$1.bak\"",
                "sh",
                entry.toString());
        assertThat(files()).isEmpty();
    }

    private void mailmansQueue(String mode) throws Exception {
        QueueDirectories.create(root);
        setMode(root, "rwxr-xr-x");
        for (String queue : QUEUES) {
            setOwner(root.resolve(queue), "list", "list");
            setMode(root.resolve(queue), mode);
        }
    }

    private static void setOwner(Path path, String user, String group) throws IOException {
        UserPrincipalLookupService principals = path.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        view.setOwner(principals.lookupPrincipalByName(user));
        view.setGroup(principals.lookupPrincipalByGroupName(group));
    }

    private static void setMode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> file.contains(".pck"))
                    .toList();
        }
    }
}
