// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Predicate;

/** The real file system, but that it refuses some operations on demand, as a full or broken disk does. */
public final class FaultyDiskFixture extends ForwardingFileSystem {
    private volatile Predicate<Path> unnameable = file -> false;
    private volatile Predicate<Path> uncreatable = file -> false;
    private volatile boolean isFull;
    private volatile Runnable meanwhile = () -> {};
    private volatile String reason = "Input/output error";

    /** From now on no file of a queue can be committed. */
    public void refuseToCommitTo(String queue) {
        unnameable = file -> isIn(queue, file);
    }

    /** From now on no file of a queue can be staged. */
    public void refuseToStageTo(String queue) {
        uncreatable = file -> isIn(queue, file);
    }

    /** From now on it fails with this text of strerror(3). */
    public void failWith(String text) {
        reason = text;
    }

    /** From now on it tells that it has no room, when it is asked. */
    public void fillUp() {
        isFull = true;
    }

    /** From now on this happens while a file is staged. */
    public void whileStaging(Runnable event) {
        meanwhile = event;
    }

    /** From now on everything works. */
    public void heal() {
        unnameable = file -> false;
        uncreatable = file -> false;
    }

    /** A queue on this file system. */
    public MailmanQueue queue(Path root) {
        try {
            QueueDirectories.create(root);
            return MailmanQueue.open(
                    QueueDirectories.check(root),
                    "site-owner@example.com",
                    LimitsFixture.LOOSE,
                    this,
                    InstantSource.system());
        } catch (QueueSetupException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isIn(String queue, Path file) {
        return file.getParent().getFileName().toString().equals(queue);
    }

    private void refuse(boolean refused, Path file) throws IOException {
        if (refused) {
            throw new IOException(file + ": " + reason);
        }
    }

    @Override
    public FileChannel create(Path file, FileAccess access) throws IOException {
        refuse(uncreatable.test(file), file);
        meanwhile.run();
        return super.create(file, access);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        refuse(unnameable.test(to), to);
        super.rename(from, to);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return isFull ? -1 : super.usableSpace(directory);
    }
}
