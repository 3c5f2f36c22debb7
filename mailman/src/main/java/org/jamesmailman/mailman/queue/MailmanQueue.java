// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;

/**
 * Mailman's queue, as something to put mail into: an entry is staged under a name that Mailman's runners overlook, and
 * committed, all of a message's entries together, when its bytes are on the disk.
 *
 * <p>A commit fsyncs each file, renames it, and fsyncs each directory; what it reports as committed survives a crash of
 * this process and of the machine. Commits that meet share the fsync of the directory. A message that comes again
 * within a while becomes no second entry. Thread-safe.
 */
public final class MailmanQueue implements Closeable {
    /** What Mailman's runners look for. */
    static final String EXTENSION = ".pck";

    private final Map<String, QueueDirectory> directories;
    private final EntryNames names;
    private final StagedFiles staging;
    private final Retransmits retransmits;
    private final Helpers helpers;

    private MailmanQueue(
            Map<String, QueueDirectory> directories,
            EntryNames names,
            StagedFiles staging,
            Retransmits retransmits,
            Helpers helpers) {
        this.directories = directories;
        this.names = names;
        this.staging = staging;
        this.retransmits = retransmits;
        this.helpers = helpers;
    }

    /**
     * Opens the queue, and clears away what servers that died have left in it. A process opens a queue once.
     *
     * @param checked by {@link QueueDirectories#check}
     * @param siteOwner {@code [mailman] site_owner}
     * @param limits what bounds its use
     * @throws QueueSetupException when the queue cannot be used after all
     */
    public static MailmanQueue open(QueueDirectories checked, String siteOwner, QueueLimits limits)
            throws QueueSetupException {
        return open(checked, siteOwner, limits, new PosixQueueFileSystem(), InstantSource.system());
    }

    static MailmanQueue open(
            QueueDirectories checked, String siteOwner, QueueLimits limits, QueueFileSystem files, InstantSource clock)
            throws QueueSetupException {
        Map<String, QueueDirectory> directories = new HashMap<>();
        Helpers helpers = new Helpers();
        Retransmits retransmits = new Retransmits(limits.retransmitWindow(), clock);
        for (String queue : checked.queues()) {
            Path path = checked.directory(queue);
            QueueDirectory directory = new QueueDirectory(path, files, limits, clock, helpers::execute);
            try {
                retransmits.remember(directory.open(checked.access(queue)));
            } catch (IOException e) {
                throw new QueueSetupException("The queue directory " + path + " cannot be used (" + FileErrors.reason(e)
                        + "): mend that, and start this server anew");
            }
            directories.put(queue, directory);
        }
        return new MailmanQueue(
                Map.copyOf(directories),
                new EntryNames(clock),
                new StagedFiles(files, new EntryFile(new EntryPickler(siteOwner))),
                retransmits,
                helpers);
    }

    /**
     * Whether mail for a destination is taken at the moment: there is room on the disk, and Mailman keeps up. Fit to be
     * asked at each RCPT.
     */
    public boolean takes(Destination destination) {
        return directories.get(destination.queue()).gauge().refusal().isEmpty();
    }

    /**
     * Writes an entry where Mailman does not see it yet.
     *
     * @param entry its message can be read until the entry is committed or abandoned
     * @throws QueueException when it cannot be written, or is not {@linkplain #takes taken}; nothing is left of it then
     */
    public StagedEntry stage(QueueEntry entry) throws QueueException {
        QueueDirectory directory = directories.get(entry.destination().queue());
        Optional<String> refusal = directory.gauge().refusal();
        if (refusal.isPresent()) {
            throw QueueException.full(directory.path(), refusal.get());
        }
        EntryName name = names.next(entry.fingerprint());
        try {
            StagedEntry staged = new StagedEntry(entry, name, directory, directory.tenancy());
            staging.write(staged);
            return staged;
        } catch (IOException e) {
            throw QueueException.of("cannot use " + directory.path(), e);
        } catch (QueueException e) {
            if (e.isOutOfRoom()) {
                directory.gauge().failed(e);
            }
            throw e;
        }
    }

    /**
     * Makes entries part of Mailman's queue, for good.
     *
     * @param staged of one message or of several; none of them is to be used again
     * @return for each, in order, what became of it; of a message that came again, what it became the first time
     */
    public List<Commit> commit(List<StagedEntry> staged) {
        return new CommitRun(staged, staging, helpers, retransmits).run();
    }

    /** Removes a staged entry that is not wanted after all. */
    public void abandon(StagedEntry entry) {
        staging.remove(entry);
    }

    /** Gives the queue up, when nothing is staged any more; the end of the process does the same. */
    @Override
    public void close() throws IOException {
        helpers.close();
        for (QueueDirectory directory : directories.values()) {
            directory.close();
        }
    }
}
