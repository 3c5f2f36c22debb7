// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file system of which a test may change a part. */
class ForwardingFileSystem implements QueueFileSystem {
    private final QueueFileSystem real;

    ForwardingFileSystem(QueueFileSystem real) {
        this.real = real;
    }

    ForwardingFileSystem() {
        this(new PosixQueueFileSystem());
    }

    @Override
    public FileChannel create(Path file, FileAccess access) throws IOException {
        return real.create(file, access);
    }

    @Override
    public FileChannel append(Path file) throws IOException {
        return real.append(file);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        real.sync(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        real.syncDirectory(directory);
    }

    @Override
    public Object identity(Path directory) throws IOException {
        return real.identity(directory);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return real.usableSpace(directory);
    }

    @Override
    public int count(Path directory, String extension) throws IOException {
        return real.count(directory, extension);
    }

    @Override
    public String boot() {
        return real.boot();
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        real.deleteIfExists(file);
    }
}
