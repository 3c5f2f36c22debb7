// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jamesmailman.mailman.configuration.OnDiscard;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.DirectoryReading;

/**
 * What all explanations of one call stand on.
 *
 * @param mode {@code policy.mode}
 * @param onDiscard {@code policy.on-discard}
 * @param source where the lists were read from
 * @param takenAt when
 * @param age how long ago
 * @param lists how many
 */
record Grounds(PolicyMode mode, OnDiscard onDiscard, String source, Instant takenAt, Duration age, int lists) {
    static Grounds of(Settings settings, DirectoryReading directory, Instant now) {
        Instant takenAt = directory.knownAt();
        return new Grounds(
                settings.mode(),
                settings.onDiscard(),
                directory.origin(),
                takenAt,
                takenAt.isBefore(now) ? Duration.between(takenAt, now) : Duration.ZERO,
                directory.snapshot().listCount());
    }

    /** The settings as they stand in {@code mailman.properties}. */
    String modeText() {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #modeText}. */
    String onDiscardText() {
        return onDiscard.name().toLowerCase(Locale.ROOT);
    }
}
