// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tells which files of a queue directory are those of a living process: its token is in their names, and the file
 * {@code TOKEN.lock} is locked as long as it lives. The kernel lets go of the lock when the process ends, however it
 * ends; process ids would be taken for another's after a while, and in other containers from the start.
 *
 * <p>Locks are those of {@code fcntl(2)}: they belong to a process, and closing any descriptor of the file gives them
 * up. So a process never opens a mark of its own again.
 */
final class ProcessMark implements Closeable {
    /** What a token looks like; what precedes the last dash is the same for all marks of a process. */
    static final String TOKEN = "james-mailman-[0-9]+-[0-9]+-[0-9a-f]{8}";

    private static final String OF_THIS_PROCESS = processPrefix();
    private static final String LOCK_EXTENSION = ".lock";
    private static final int RANDOM_LENGTH = 4;
    private static final int ATTEMPTS = 16;

    private final String token;
    private final Path file;
    private final FileChannel channel;

    private ProcessMark(String token, Path file, FileChannel channel) {
        this.token = token;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Makes a mark for this process.
     *
     * @throws IOException also when the file system has no locks
     */
    static ProcessMark make(Path directory, FileAccess access, QueueFileSystem files) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            String token = newToken();
            Path file = file(directory, token);
            FileChannel channel = files.create(file, access);
            try {
                if (tryLock(channel) && isStillThere(file)) {
                    return new ProcessMark(token, file, channel);
                }
                channel.close();
            } catch (IOException | RuntimeException e) {
                channel.close();
                files.deleteIfExists(file);
                throw e;
            }
        }
        throw new IOException("another process takes each new lock file away");
    }

    /** Takes the mark of a process that has died, to clear away what it left; empty when it lives. */
    static Optional<ProcessMark> ofDead(Path directory, String token) throws IOException {
        Path file = file(directory, token);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (tryLock(channel)) {
            return Optional.of(new ProcessMark(token, file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    /** A name for the file of a mark that nobody has. */
    static Path unusedFile(Path directory) {
        return file(directory, newToken());
    }

    /** Whether a token is one of this very process, which lives. */
    static boolean isOurs(String token) {
        return token.startsWith(OF_THIS_PROCESS);
    }

    private static Path file(Path directory, String token) {
        return directory.resolve(token + LOCK_EXTENSION);
    }

    private static String newToken() {
        byte[] random = new byte[RANDOM_LENGTH];
        new SecureRandom().nextBytes(random);
        return OF_THIS_PROCESS + HexFormat.of().formatHex(random);
    }

    // In a container the id is the same at each start; the time of the start is not.
    private static String processPrefix() {
        ProcessHandle process = ProcessHandle.current();
        long startedAt =
                process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
        return "james-mailman-" + process.pid() + '-' + startedAt + '-';
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    // Between creation and lock another process may have taken it for a dead one's, and deleted it.
    private static boolean isStillThere(Path file) throws IOException {
        try {
            Files.getLastModifiedTime(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    String token() {
        return token;
    }

    Path file() {
        return file;
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the mark up: what bears its token is a dead process's from now on. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
