// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A program in the background, ended by its own process id at the latest when the tests' JVM ends. Thread-safe as far
 * as the process is.
 */
public final class RunningProgram implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path output;
    private final ProcessGuard guard;

    RunningProgram(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.guard = new ProcessGuard(process.toHandle());
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has printed. */
    public String output() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + output, e);
        }
    }

    /** Its resident memory, in KiB, without that of its children. */
    public long residentKib() {
        return ProcessTree.residentKib(process.pid());
    }

    /** Sends SIGTERM, once, and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL, as the machine's loss of power would, and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /**
     * Waits for the end.
     *
     * @return the exit code; 128 and the signal's number where a signal ended it
     * @throws AssertionError when it does not end within {@link Await#PATIENCE}
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("does not end: " + name + "\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + name, e);
        }
        guard.forget();
        return process.exitValue();
    }

    /**
     * Ends it with SIGTERM and returns when it and all its children are gone.
     *
     * @throws AssertionError when it had to be killed
     */
    @Override
    public void close() {
        if (!guard.end()) {
            throw new AssertionError("had to kill, after signals in vain: " + name + "\n" + output());
        }
    }
}
