// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, far longer than it should take. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Eventually() {}

    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                fail("Not within %s: %s", PATIENCE, what);
            }
            Thread.sleep(INTERVAL.toMillis());
        }
    }
}
