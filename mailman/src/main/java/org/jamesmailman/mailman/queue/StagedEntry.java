// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jamesmailman.mailman.queue.QueueDirectory.Tenancy;

/**
 * A queue entry that neither the disk nor Mailman need know of yet: it becomes one by {@link MailmanQueue#commit}, or
 * vanishes by {@link MailmanQueue#abandon}. Its file is written, unless there are very many of them: then that waits
 * for the commit. Used by one thread at a time.
 */
public final class StagedEntry {
    private final QueueEntry entry;
    private final EntryName name;
    private final QueueDirectory directory;
    private final Tenancy tenancy;
    private Optional<FileChannel> channel = Optional.empty();
    private Runnable afterClose = () -> {};

    StagedEntry(QueueEntry entry, EntryName name, QueueDirectory directory, Tenancy tenancy) {
        this.entry = entry;
        this.name = name;
        this.directory = directory;
        this.tenancy = tenancy;
    }

    /** The entry's name in Mailman's queue, without the extension; fit for a reply and for a look into the logs. */
    public String name() {
        return name.toString();
    }

    EntryName entryName() {
        return name;
    }

    QueueEntry entry() {
        return entry;
    }

    QueueDirectory directory() {
        return directory;
    }

    /** The directory that its file is in, or will be. */
    Tenancy tenancy() {
        return tenancy;
    }

    /** Overlooked by Mailman's runners, and known for this process's by the others of ours. */
    Path temporary() {
        return directory
                .path()
                .resolve(name + MailmanQueue.EXTENSION + '.' + tenancy.mark().token() + ".tmp");
    }

    Path committed() {
        return directory.path().resolve(name + MailmanQueue.EXTENSION);
    }

    /** The file, once it is written and as long as it is open. */
    Optional<FileChannel> channel() {
        return channel;
    }

    /** @param whenClosed is run once, when the file is closed */
    void open(FileChannel opened, Runnable whenClosed) {
        channel = Optional.of(opened);
        afterClose = whenClosed;
    }

    /** Closes the file, if it is open. */
    void close() throws IOException {
        if (channel.isPresent()) {
            FileChannel open = channel.get();
            channel = Optional.empty();
            afterClose.run();
            open.close();
        }
    }

    @Override
    public String toString() {
        return directory.path().getFileName() + "/" + name;
    }
}
