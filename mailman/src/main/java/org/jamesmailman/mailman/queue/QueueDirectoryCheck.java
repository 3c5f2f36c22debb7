// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether files that this process makes in one queue directory are files that Mailman can work with, and how
 * they must be made.
 *
 * <p>Mailman renames an entry to {@code .bak} and, after a crash, rewrites it; its runner dies, and is not restarted,
 * over one that it may not write ({@code core/switchboard.py}). So a file must be Mailman's user's own, or of the
 * directory's group with mode 0660, in a directory without the sticky bit.
 */
final class QueueDirectoryCheck {
    private static final int STICKY_BIT = 01000;
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueDirectoryCheck.class);

    private final Path directory;

    QueueDirectoryCheck(Path directory) {
        this.directory = directory;
    }

    FileAccess run() throws QueueSetupException {
        if (!Files.isDirectory(directory)) {
            throw new QueueSetupException("The queue directory " + directory
                    + " does not exist: start Mailman once, which makes it, or correct queue.directory in"
                    + " mailman.properties");
        }
        try {
            refuseStickyBit();
            return tryOut();
        } catch (AccessDeniedException e) {
            throw new QueueSetupException("The queue directory " + directory + " is not writable for user "
                    + user() + ": add that user to the directory's group by: usermod -a -G "
                    + groupName() + " " + user() + ", and start this server anew");
        } catch (IOException | UnsupportedOperationException e) {
            throw new QueueSetupException("No file can be made, locked and renamed in the queue directory " + directory
                    + " ("
                    + FileErrors.reason(e) + "): mend that, or set queue.directory in mailman.properties to another"
                    + " place, and start this server anew");
        }
    }

    private void refuseStickyBit() throws IOException, QueueSetupException {
        Integer mode = (Integer) Files.getAttribute(directory, "unix:mode");
        if ((mode & STICKY_BIT) != 0) {
            throw new QueueSetupException("The queue directory " + directory
                    + " has the sticky bit, so that Mailman may not rename what this server writes: remove it by:"
                    + " chmod -t " + directory);
        }
    }

    // The probe is a mark of this process, so that no other takes it for a dead one's and deletes it.
    private FileAccess tryOut() throws IOException, QueueSetupException {
        try (ProcessMark probe = ProcessMark.make(directory, FileAccess.AS_CREATED, new PosixQueueFileSystem())) {
            try {
                probe.channel().force(true);
                return accessOf(probe.file());
            } finally {
                delete(probe.file());
            }
        }
    }

    private FileAccess accessOf(Path probe) throws IOException, QueueSetupException {
        PosixFileAttributes file = attributes(probe);
        PosixFileAttributes parent = attributes(directory);
        boolean setMode = !file.permissions().equals(FileAccess.MODE);
        Optional<GroupPrincipal> setGroup = Optional.empty();
        if (!file.group().equals(parent.group())) {
            setGroup = groupToSet(probe, file, parent);
        }
        FileAccess access = new FileAccess(setMode, setGroup);
        rename(probe);
        return access;
    }

    private Optional<GroupPrincipal> groupToSet(Path probe, PosixFileAttributes file, PosixFileAttributes parent)
            throws QueueSetupException {
        try {
            Files.getFileAttributeView(probe, PosixFileAttributeView.class).setGroup(parent.group());
            return Optional.of(parent.group());
        } catch (IOException e) {
            if (file.owner().equals(parent.owner())) {
                // This server runs as Mailman's own user: the group does not matter.
                return Optional.empty();
            }
            throw new QueueSetupException("Files that user " + file.owner() + " makes in " + directory
                    + " cannot be given its group " + parent.group()
                    + ", so that Mailman could not work through them: add the user to the group by: usermod -a -G "
                    + parent.group() + " " + file.owner() + ", and start this server anew");
        }
    }

    private void rename(Path probe) throws IOException {
        Path renamed = ProcessMark.unusedFile(directory);
        Files.move(probe, renamed);
        Files.move(renamed, probe);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class);
    }

    private String groupName() {
        try {
            return attributes(directory).group().getName();
        } catch (IOException e) {
            return "list";
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static void delete(Path probe) {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            // A leftover of this name is not seen by Mailman's runners, and a full disk is reported by the probe
            // itself.
            LOGGER.warn("Cannot delete {}: {}; delete it by hand", probe, FileErrors.reason(e));
        }
    }
}
