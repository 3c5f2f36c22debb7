// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jamesmailman.mailman.configuration.Settings;

/**
 * What is known of the lists, read once, for who needs no news: from the source or, when that is not there, as the
 * server saved it. Nothing is written. Immutable.
 *
 * @param snapshot what is known
 * @param origin where it was read from, in words fit for output: it never holds a password
 * @param knownAt when the source said so
 * @param maySupportRefusals see {@link Directory#maySupportRefusals}
 * @param trouble why the source could not be read, in a sentence; empty when it was
 */
public record DirectoryReading(
        Snapshot snapshot, String origin, Instant knownAt, boolean maySupportRefusals, Optional<String> trouble)
        implements Directory {
    /**
     * Reads.
     *
     * @param clock tells how old is what was saved
     * @throws DirectoryException when the source cannot be read, and nothing that can be used was saved
     */
    public static DirectoryReading of(Settings settings, InstantSource clock) throws DirectoryException {
        try (DirectorySource source = DirectorySources.of(settings.directory())) {
            try {
                Snapshot snapshot = source.load();
                return new DirectoryReading(snapshot, source.description(), snapshot.takenAt(), true, Optional.empty());
            } catch (DirectoryException e) {
                return ofSaved(settings, source.description(), clock, e).orElseThrow(() -> e);
            }
        }
    }

    private static Optional<DirectoryReading> ofSaved(
            Settings settings, String source, InstantSource clock, DirectoryException failure) {
        return settings.snapshot().flatMap(file -> read(file, source)
                .map(saved -> new DirectoryReading(
                        saved.snapshot(),
                        "the file " + file + ", saved from " + source,
                        saved.knownAt(),
                        isNewEnough(saved.knownAt(), settings.maxAge(), clock),
                        Optional.of(failure.getMessage()))));
    }

    /** What cannot be used counts for nothing: the source's failure says more. */
    private static Optional<SnapshotFile.Saved> read(Path file, String source) {
        try {
            return new SnapshotFile(file, source).read();
        } catch (DirectoryException e) {
            return Optional.empty();
        }
    }

    private static boolean isNewEnough(Instant knownAt, Duration maxAge, InstantSource clock) {
        return maxAge.isZero() || Duration.between(knownAt, clock.instant()).compareTo(maxAge) <= 0;
    }

    @Override
    public Optional<Snapshot> current() {
        return Optional.of(snapshot);
    }
}
