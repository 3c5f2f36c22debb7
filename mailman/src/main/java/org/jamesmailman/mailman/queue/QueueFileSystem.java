// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The few operations on the file system that a queue entry's life consists of. A seam: a test may fail or record each.
 * Thread-safe.
 */
interface QueueFileSystem {
    /** Creates a file that did not exist, as {@link FileAccess} wants it, and opens it for writing. */
    FileChannel create(Path file, FileAccess access) throws IOException;

    /** Opens a file to write behind its end. */
    FileChannel append(Path file) throws IOException;

    /** Returns when the file's bytes and its metadata are on the disk. */
    void sync(FileChannel file) throws IOException;

    /** Renames within a directory, atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the directory's names are on the disk. */
    void syncDirectory(Path directory) throws IOException;

    /**
     * What tells a directory from another that takes its place.
     *
     * @throws IOException when there is none
     */
    Object identity(Path directory) throws IOException;

    /** How many octets may still be written to the directory's disk. */
    long usableSpace(Path directory) throws IOException;

    /** How many files of the directory have this extension. */
    int count(Path directory, String extension) throws IOException;

    /** What changes when the machine starts anew: the kernel may have forgotten something then. */
    String boot();

    /** Deletes a file if it is there. */
    void deleteIfExists(Path file) throws IOException;
}
