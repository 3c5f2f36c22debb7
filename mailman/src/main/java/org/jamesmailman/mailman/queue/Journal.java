// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.queue.JournalLine.Word;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the next process what this one has committed to a queue directory, also when Mailman has worked through it by
 * then: {@link Remains} reads it. It lies beside the entries, as {@code TOKEN.NUMBER.journal}, in files of a bounded
 * size and age.
 *
 * <p>A line is written before an entry is renamed into the queue, and another when its fate is known. It need not be
 * fsynced for that: what the kernel has been given survives the end of this process, and after a crash of the machine
 * the first line proves nothing. It is fsynced now and then for the sake of the second. Thread-safe.
 */
final class Journal implements Closeable {
    static final String EXTENSION = ".journal";

    private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);
    private static final long MAX_FILE_LENGTH = 4 << 20;
    private static final int MAX_FILES = 16;
    private static final int FILES_PER_WINDOW = 4;
    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);

    private final Path directory;
    private final String token;
    private final JournalLine head;
    private final FileAccess access;
    private final QueueFileSystem files;
    private final Duration window;
    private final InstantSource clock;
    private final Deque<Path> ended = new ArrayDeque<>();
    private final Deque<Instant> endings = new ArrayDeque<>();
    private Optional<Open> open = Optional.empty();
    private int lastNumber;

    /**
     * @param identity of the directory
     * @param window how long what it tells is of interest
     */
    Journal(
            Path directory,
            String token,
            Object identity,
            FileAccess access,
            QueueFileSystem files,
            Duration window,
            InstantSource clock) {
        this.directory = directory;
        this.token = token;
        this.head = head(files, identity);
        this.access = access;
        this.files = files;
        this.window = window;
        this.clock = clock;
    }

    /** What a journal begins with that was written for a directory since the machine was started. */
    static JournalLine head(QueueFileSystem files, Object identity) {
        return new JournalLine(Word.OF, (files.boot() + identity).replace(" ", ""));
    }

    /**
     * Says that entries are about to be renamed into the queue.
     *
     * @throws InDoubtException when that was perhaps said, so that their staged files must stay
     * @throws IOException when it was not
     */
    void prepared(List<EntryName> names) throws IOException {
        append(Word.PREPARED, names);
    }

    /** Says that entries are in the queue for good; it does no harm when that fails. */
    void committed(List<EntryName> names) {
        try {
            append(Word.COMMITTED, names);
            syncNowAndThen();
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("The journal in {} cannot be written: {}", directory, FileErrors.reason(e));
        }
    }

    /**
     * Says that an entry is not, or is taken out of it.
     *
     * @throws IOException when that is perhaps not said: the entry's files must stay
     */
    void withdrawn(EntryName name) throws IOException {
        append(Word.WITHDRAWN, List.of(name));
    }

    private synchronized void append(Word word, List<EntryName> names) throws IOException {
        String lines = names.stream()
                .map(name -> new JournalLine(word, name.toString()).text())
                .collect(Collectors.joining());
        // An interrupt would close the file for all who write to it.
        boolean interrupted = Thread.interrupted();
        try {
            openOne().write(lines);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Open openOne() throws IOException {
        Instant now = clock.instant();
        if (open.isPresent() && open.get().isToEnd(now)) {
            end(now);
        }
        if (open.isEmpty()) {
            Path file = directory.resolve(token + '.' + ++lastNumber + EXTENSION);
            open = Optional.of(new Open(file, files.create(file, access), now));
            open.get().write(head.text());
        }
        return open.get();
    }

    private void end(Instant now) {
        ended.add(open.get().file);
        endings.add(now);
        close();
        while (ended.size() >= MAX_FILES || (!ended.isEmpty() && endings.peek().isBefore(now.minus(window)))) {
            endings.remove();
            Path file = ended.remove();
            try {
                files.deleteIfExists(file);
            } catch (IOException e) {
                LOGGER.warn("Cannot delete {}: {}; delete it by hand", file, FileErrors.reason(e));
            }
        }
    }

    private synchronized void syncNowAndThen() throws IOException {
        Instant now = clock.instant();
        if (open.isPresent() && open.get().isToBeSynced(now)) {
            open.get().sync(now);
        }
    }

    @Override
    public synchronized void close() {
        if (open.isPresent()) {
            try {
                open.get().channel.close();
            } catch (IOException e) {
                LOGGER.warn("Cannot close {}: {}", open.get().file, FileErrors.reason(e));
            }
            open = Optional.empty();
        }
    }

    /** It is not known whether a line was written. */
    static final class InDoubtException extends IOException {
        private static final long serialVersionUID = 1L;

        private InDoubtException(IOException cause) {
            super(FileErrors.reason(cause), cause);
        }
    }

    /** The file that is written to. */
    private final class Open {
        private final Path file;
        private final FileChannel channel;
        private final Instant begun;
        private Instant synced;
        private long length;
        private boolean isBroken;

        private Open(Path file, FileChannel channel, Instant begun) {
            this.file = file;
            this.channel = channel;
            this.begun = begun;
            this.synced = begun;
        }

        private boolean isToEnd(Instant now) {
            return isBroken
                    || length > MAX_FILE_LENGTH
                    || begun.plus(window.dividedBy(FILES_PER_WINDOW)).isBefore(now);
        }

        private void write(String lines) throws IOException {
            ByteBuffer octets = ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1));
            try {
                while (octets.hasRemaining()) {
                    channel.write(octets, length + octets.position());
                }
                length += octets.limit();
            } catch (IOException e) {
                isBroken = true;
                takeBack(e);
                throw e;
            }
        }

        // Some of the lines may have been written whole.
        private void takeBack(IOException cause) throws InDoubtException {
            try {
                channel.truncate(length);
            } catch (IOException e) {
                cause.addSuppressed(e);
                throw new InDoubtException(cause);
            }
        }

        private boolean isToBeSynced(Instant now) {
            return synced.isAfter(now) || synced.plus(SYNC_INTERVAL).isBefore(now);
        }

        private void sync(Instant now) throws IOException {
            synced = now;
            try {
                files.sync(channel);
            } catch (IOException e) {
                isBroken = true;
                throw e;
            }
        }
    }
}
