// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailman's queue, as something to put mail into: an entry is staged under a name that Mailman's runners overlook, and
 * committed, all of a message's entries together, when its bytes are on the disk.
 *
 * <p>A commit fsyncs each file, renames it, and fsyncs each directory; what it reports as committed survives a crash of
 * this process and of the machine. Thread-safe.
 */
public final class MailmanQueue {
    /** What Mailman's runners look for. */
    static final String EXTENSION = ".pck";

    /** What they overlook. */
    static final String STAGED_EXTENSION = ".pck.tmp";

    private static final Logger LOGGER = LoggerFactory.getLogger(MailmanQueue.class);

    private final QueueDirectories directories;
    private final QueueFileSystem files;
    private final EntryPickler pickler;
    private final EntryNames names;

    /**
     * @param directories checked by {@link QueueDirectories#check}
     * @param siteOwner {@code [mailman] site_owner}
     */
    public MailmanQueue(QueueDirectories directories, String siteOwner) {
        this(directories, siteOwner, new PosixQueueFileSystem(), InstantSource.system());
    }

    MailmanQueue(QueueDirectories directories, String siteOwner, QueueFileSystem files, InstantSource clock) {
        this.directories = directories;
        this.files = files;
        this.pickler = new EntryPickler(siteOwner);
        this.names = new EntryNames(clock, new SecureRandom());
    }

    /**
     * Writes an entry where Mailman does not see it yet.
     *
     * @throws QueueException when it cannot be written; nothing is left of it then
     */
    public StagedEntry stage(QueueEntry entry) throws QueueException {
        Path directory = directories.directory(entry.destination().queue());
        String name = names.next(entry.destination().listId());
        Path temporary = directory.resolve(name + STAGED_EXTENSION);
        FileChannel channel;
        try {
            channel = files.create(
                    temporary, directories.access(entry.destination().queue()));
        } catch (IOException | RuntimeException e) {
            throw QueueException.of("cannot create " + temporary, e);
        }
        StagedEntry staged = new StagedEntry(name, directory, temporary, channel);
        try {
            write(entry, channel);
            return staged;
        } catch (IOException | RuntimeException e) {
            abandon(staged);
            throw QueueException.of("cannot write " + temporary, e);
        }
    }

    /**
     * Makes entries part of Mailman's queue, for good.
     *
     * @param staged of one message or of several; none of them is to be used again
     * @return for each, in order, what became of it
     */
    public List<Commit> commit(List<StagedEntry> staged) {
        Map<StagedEntry, Commit> results = new LinkedHashMap<>();
        for (StagedEntry entry : staged) {
            results.put(entry, commitFile(entry));
        }
        staged.stream().map(StagedEntry::directory).distinct().forEach(directory -> syncDirectory(directory, results));
        return new ArrayList<>(results.values());
    }

    /** Removes a staged entry that is not wanted after all. */
    public void abandon(StagedEntry entry) {
        try {
            entry.closeChannel();
        } catch (IOException e) {
            LOGGER.warn("Cannot close {}: {}", entry.temporary(), FileErrors.reason(e));
        }
        delete(entry.temporary());
    }

    private void write(QueueEntry entry, FileChannel channel) throws IOException {
        ByteBuffer before = pickler.beforeMessage(entry);
        ByteBuffer after = pickler.afterMessage(entry);
        if (entry.message() instanceof HeapMessage heap) {
            writeFully(channel, before, heap.buffer(), after);
        } else {
            writeFully(channel, before);
            copy(entry.message(), channel);
            writeFully(channel, after);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining()) {
            channel.write(buffers);
        }
    }

    private static void copy(WireMessage message, FileChannel channel) throws IOException {
        try (InputStream stream = message.openStream();
                ReadableByteChannel source = Channels.newChannel(stream)) {
            long start = channel.position();
            long copied = 0;
            while (copied < message.size()) {
                long count = channel.transferFrom(source, start + copied, message.size() - copied);
                if (count == 0) {
                    throw new IOException("the message's temporary file ends after " + copied + " octets");
                }
                copied += count;
            }
            channel.position(start + copied);
        }
    }

    private Commit commitFile(StagedEntry entry) {
        try {
            files.sync(entry.channel());
            entry.closeChannel();
            files.rename(entry.temporary(), entry.committed());
            return new Commit.Committed(entry.name());
        } catch (IOException | RuntimeException e) {
            abandon(entry);
            // A rename may have happened although it was told to have failed, over a network for one.
            delete(entry.committed());
            return new Commit.Failed(QueueException.of("cannot commit " + entry.committed(), e));
        }
    }

    private void syncDirectory(Path directory, Map<StagedEntry, Commit> results) {
        try {
            files.syncDirectory(directory);
        } catch (IOException | RuntimeException e) {
            QueueException failure = QueueException.of("cannot fsync " + directory, e);
            results.replaceAll(
                    (entry, result) -> entry.directory().equals(directory) && result instanceof Commit.Committed
                            ? withdraw(entry, failure)
                            : result);
        }
    }

    // The client will send the message again: if no runner has taken the entry yet, it should not lie there twice.
    private Commit withdraw(StagedEntry entry, QueueException failure) {
        delete(entry.committed());
        return new Commit.Failed(failure);
    }

    private void delete(Path file) {
        try {
            files.deleteIfExists(file);
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Cannot delete {}: {}; delete it by hand", file, FileErrors.reason(e));
        }
    }
}
