// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** The real file system. */
final class PosixQueueFileSystem implements QueueFileSystem {
    private static final Set<StandardOpenOption> CREATE_NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** Of Linux, see {@code proc(5)}. */
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final String boot = readBoot();

    // What differs each time is the same never, and so claims nothing.
    private static String readBoot() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return UUID.randomUUID().toString();
        }
    }

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
    public FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
    public Object identity(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        long free = directory.toFile().getUsableSpace();
        if (free == 0) {
            // That may have been a failure, which java.io.File does not tell.
            return Files.getFileStore(directory).getUsableSpace();
        }
        return free;
    }

    @Override
    public int count(Path directory, String extension) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                count += file.toString().endsWith(extension) ? 1 : 0;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return count;
    }

    @Override
    public String boot() {
        return boot;
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
