// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A queue entry that is written but that neither the disk nor Mailman need know of yet: it becomes one by
 * {@link MailmanQueue#commit}, or vanishes by {@link MailmanQueue#abandon}. Used by one thread at a time.
 */
public final class StagedEntry {
    private final String name;
    private final Path directory;
    private final Path temporary;
    private final FileChannel channel;

    StagedEntry(String name, Path directory, Path temporary, FileChannel channel) {
        this.name = name;
        this.directory = directory;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** The entry's name in Mailman's queue, without the extension; fit for a reply and for a look into the logs. */
    public String name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    Path temporary() {
        return temporary;
    }

    Path committed() {
        return directory.resolve(name + MailmanQueue.EXTENSION);
    }

    FileChannel channel() {
        return channel;
    }

    void closeChannel() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return directory.getFileName() + "/" + name;
    }
}
