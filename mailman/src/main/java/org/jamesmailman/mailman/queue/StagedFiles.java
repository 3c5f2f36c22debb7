// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of staged entries: each is kept open from its creation to its fsync, for an error of the disk is told of
 * once, to who has the file open. Only so many are open, though, whatever the number of a message's recipients: beyond
 * that the file is written when it is committed. Thread-safe.
 */
final class StagedFiles {
    /** Open files of this process that wait for their commit; a process may have 1,024 by default, sockets included. */
    static final int MAX_WAITING = 256;

    /** In octets; so much takes the disk longer than a seek. */
    private static final long BULKY = 4 << 20;

    private static final int BULKY_AT_ONCE = 2;

    private static final Logger LOGGER = LoggerFactory.getLogger(StagedFiles.class);

    private final QueueFileSystem files;
    private final EntryFile entryFile;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Semaphore bulky = new Semaphore(BULKY_AT_ONCE, true);

    StagedFiles(QueueFileSystem files, EntryFile entryFile) {
        this.files = files;
        this.entryFile = entryFile;
    }

    QueueFileSystem fileSystem() {
        return files;
    }

    /**
     * Writes the entry's file, or leaves that to {@link #sync} when too many are open.
     *
     * @throws QueueException when it cannot be written; nothing is left of it then
     */
    void write(StagedEntry staged) throws QueueException {
        if (waiting.tryAcquire()) {
            create(staged, true);
        }
    }

    /**
     * Brings the entry's file onto the disk, and closes it.
     *
     * @throws QueueException when that fails; nothing is left of it then
     */
    void sync(StagedEntry staged) throws QueueException {
        if (staged.channel().isEmpty()) {
            create(staged, false);
        }
        try {
            syncInTurn(staged);
            staged.close();
        } catch (IOException | RuntimeException e) {
            remove(staged);
            throw QueueException.of("cannot commit " + staged.committed(), e);
        }
    }

    /** The disk's queue is shared with small entries, whose senders should not wait for gigabytes. */
    private void syncInTurn(StagedEntry staged) throws IOException {
        FileChannel channel = staged.channel().get();
        if (channel.size() < BULKY) {
            files.sync(channel);
            return;
        }
        bulky.acquireUninterruptibly();
        try {
            files.sync(channel);
        } finally {
            bulky.release();
        }
    }

    /** Removes the file of an entry that has not become part of the queue. */
    void remove(StagedEntry staged) {
        try {
            staged.close();
        } catch (IOException e) {
            LOGGER.warn("Cannot close {}: {}", staged.temporary(), FileErrors.reason(e));
        }
        delete(staged.temporary());
    }

    void delete(Path file) {
        try {
            files.deleteIfExists(file);
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Cannot delete {}: {}; delete it by hand", file, FileErrors.reason(e));
        }
    }

    private void create(StagedEntry staged, boolean counted) throws QueueException {
        Path file = staged.temporary();
        FileChannel channel;
        try {
            channel = files.create(file, staged.tenancy().access());
        } catch (IOException | RuntimeException e) {
            release(counted);
            throw QueueException.of("cannot create " + file, e);
        }
        staged.open(channel, () -> release(counted));
        try {
            entryFile.write(staged.entry(), channel);
        } catch (IOException | RuntimeException e) {
            remove(staged);
            throw QueueException.of("cannot write " + file, e);
        }
    }

    private void release(boolean counted) {
        if (counted) {
            waiting.release();
        }
    }
}
