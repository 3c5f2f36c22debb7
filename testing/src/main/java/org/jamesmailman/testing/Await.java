// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Awaits what another process will do sooner or later. The patience is generous, because it is only spent when
 * something is broken. Stateless.
 */
public final class Await {
    /** How long a condition may take on a machine that is busy with other things as well. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Returns once the condition holds.
     *
     * @param what completes the sentence "waited in vain for ..."
     * @throws AssertionError when it does not hold within {@link #PATIENCE}
     */
    public static void until(String what, BooleanSupplier condition) {
        Supplier<Optional<Boolean>> whenTrue =
                () -> condition.getAsBoolean() ? Optional.of(Boolean.TRUE) : Optional.empty();
        value(what, whenTrue);
    }

    /**
     * The first value that the supplier has.
     *
     * @param what completes the sentence "waited in vain for ..."
     * @throws AssertionError when there is none within {@link #PATIENCE}
     */
    public static <T> T value(String what, Supplier<Optional<T>> supplier) {
        return within(PATIENCE, supplier)
                .orElseThrow(() ->
                        new AssertionError("waited in vain for " + what + ", " + PATIENCE.toSeconds() + " s long"));
    }

    /** The first value that the supplier has, or empty when it has none in that time. */
    static <T> Optional<T> within(Duration patience, Supplier<Optional<T>> supplier) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<T> value = supplier.get();
        while (value.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
            value = supplier.get();
        }
        return value;
    }
}
