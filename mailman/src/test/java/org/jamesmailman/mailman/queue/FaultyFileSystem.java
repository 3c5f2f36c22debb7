// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real file system, until a test wants it to fail; it writes down what it was asked for. The files by which
 * processes know each other always work. Thread-safe.
 */
final class FaultyFileSystem extends ForwardingFileSystem {
    /** What the queue asks of its file system. */
    enum Operation {
        CREATE,
        SYNC,
        RENAME,
        SYNC_DIRECTORY,
        DELETE
    }

    /** How an operation goes. */
    enum Course {
        WORKS,
        FAILS,
        /** As over a network: it happens, and an error is told. */
        HAPPENS_AND_FAILS,
        FAILS_UNCHECKED
    }

    /** Says how each operation goes; the file is the one that it is about, of a rename the one from. */
    interface Plan {
        Course of(Operation operation, Path file);
    }

    /** The text with which the operations fail. */
    static final String ERROR = "Input/output error";

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Plan plan;
    private volatile boolean begun;
    private final Map<FileChannel, Path> created = new ConcurrentHashMap<>();

    FaultyFileSystem(Plan plan) {
        this.plan = plan;
    }

    /** From now on it fails, and writes down. */
    void begin() {
        begun = true;
    }

    /** What was asked for, as {@code SYNC name.pck.tmp}, of the file's name only. */
    List<String> log() {
        return log;
    }

    @Override
    public FileChannel create(Path file, FileAccess access) throws IOException {
        if (isOfProcesses(file)) {
            return super.create(file, access);
        }
        Course course = course(Operation.CREATE, file);
        fail(course, Course.FAILS);
        // A creation that fails has undone itself, so it cannot happen and fail.
        fail(course, Course.HAPPENS_AND_FAILS);
        FileChannel channel = super.create(file, access);
        created.put(channel, file);
        return channel;
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        run(Operation.SYNC, created.get(file), () -> super.sync(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        run(Operation.RENAME, from, () -> super.rename(from, to));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        run(Operation.SYNC_DIRECTORY, directory, () -> super.syncDirectory(directory));
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        run(Operation.DELETE, file, () -> super.deleteIfExists(file));
    }

    private void run(Operation operation, Path file, Action action) throws IOException {
        Course course = course(operation, file);
        fail(course, Course.FAILS);
        action.run();
        fail(course, Course.HAPPENS_AND_FAILS);
    }

    private static boolean isOfProcesses(Path file) {
        return file.toString().endsWith(".lock") || file.toString().endsWith(".journal");
    }

    private synchronized Course course(Operation operation, Path file) {
        if (!begun) {
            return Course.WORKS;
        }
        log.add(operation + " " + file.getFileName());
        return plan.of(operation, file);
    }

    private static void fail(Course course, Course when) throws IOException {
        if (course == Course.FAILS_UNCHECKED) {
            throw new IllegalStateException(ERROR);
        }
        if (course == when) {
            throw new IOException(ERROR);
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
