// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The real file system. */
final class PosixQueueFileSystem implements QueueFileSystem {
    private static final Set<StandardOpenOption> CREATE_NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    @Override
    public FileChannel create(Path file, FileAccess access) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE_NEW, PosixFilePermissions.asFileAttribute(FileAccess.MODE));
        try {
            if (access.setMode()) {
                Files.setPosixFilePermissions(file, FileAccess.MODE);
            }
            if (access.setGroup().isPresent()) {
                Files.getFileAttributeView(file, PosixFileAttributeView.class)
                        .setGroup(access.setGroup().get());
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        // Linux lets a directory be opened for reading and fsynced; Java says so nowhere, but has always done it.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
