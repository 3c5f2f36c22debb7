// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.time.Duration;
import java.util.Optional;

/**
 * Sees to it that a process of ours ends: when we say so, or at the latest with the tests' JVM. Each process is
 * signalled by its own id, never by a name.
 */
final class ProcessGuard {
    /** A signal may meet a program that is just starting its children, and miss them: so it is sent again. */
    private static final Duration BETWEEN_SIGNALS = Duration.ofSeconds(6);

    private static final int SIGNALS = 5;

    private final ProcessHandle process;
    private final Thread endWithUs;

    /** Watches over a process from now on. */
    ProcessGuard(ProcessHandle process) {
        this.process = process;
        this.endWithUs = new Thread(process::destroy, "end of " + process.pid());
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * Sends SIGTERM and returns when the process and all its children are gone.
     *
     * @return false when they had to be killed
     */
    boolean end() {
        ProcessTree tree = ProcessTree.of(process);
        for (int signal = 0; signal < SIGNALS && !tree.isGone(); signal++) {
            process.destroy();
            Await.within(BETWEEN_SIGNALS, () -> tree.isGone() ? Optional.of(tree) : Optional.empty());
        }
        forget();
        boolean gone = tree.isGone();
        if (!gone) {
            tree.kill();
        }
        return gone;
    }

    /** The process has ended without us. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook with it.
        }
    }
}
