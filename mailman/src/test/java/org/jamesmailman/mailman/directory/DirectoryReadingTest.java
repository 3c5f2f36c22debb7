// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jamesmailman.mailman.configuration.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryReadingTest {
    private static final Instant SAVED_AT = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private Path lists;
    private Path saved;
    private Settings settings;

    @BeforeEach
    void makeASite() throws Exception {
        lists = Files.writeString(
                folder.resolve("lists.json"),
                "{\"domains\": [{\"mail_host\": \"example.com\"}], \"lists\": [{\"fqdn_listname\": \"ant@example.com\"}]}");
        saved = folder.resolve("saved");
        Path properties = Files.writeString(
                folder.resolve("mailman.properties"),
                "queue.directory=queue\ndirectory.file=" + lists + "\ndirectory.snapshot=" + saved
                        + "\ndirectory.max-age=1h\n");
        settings = Settings.load(properties, folder, Map.of());
    }

    @Test
    void readsTheSource() throws DirectoryException {
        DirectoryReading reading = read(SAVED_AT);

        assertThat(reading.snapshot().list("ant@example.com")).isPresent();
        assertThat(reading.current()).containsSame(reading.snapshot());
        assertThat(reading.origin()).isEqualTo("the file " + lists);
        assertThat(reading.maySupportRefusals()).isTrue();
        assertThat(reading.trouble()).isEmpty();
        assertThat(saved).doesNotExist();
    }

    @Test
    void readsWhatWasSavedWhileTheSourceIsNotThere() throws Exception {
        saveAndLoseTheSource();

        DirectoryReading reading = read(SAVED_AT.plus(Duration.ofMinutes(60)));

        assertThat(reading.snapshot().list("ant@example.com")).isPresent();
        assertThat(reading.knownAt()).isEqualTo(SAVED_AT);
        assertThat(reading.origin()).isEqualTo("the file " + saved + ", saved from the file " + lists);
        assertThat(reading.maySupportRefusals()).isTrue();
        assertThat(reading.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("there is no such file"));
    }

    @Test
    void refusesNobodyForWhatWasSavedTooLongAgo() throws Exception {
        saveAndLoseTheSource();

        assertThat(read(SAVED_AT.plus(Duration.ofMinutes(61))).maySupportRefusals())
                .isFalse();
    }

    @Test
    void saysThatTheSourceIsNotThereWhenNothingWasSaved() throws IOException {
        Files.delete(lists);

        assertThatThrownBy(() -> read(SAVED_AT))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void saysTheSameWhenWhatWasSavedIsDamaged() throws Exception {
        saveAndLoseTheSource();
        Files.write(saved, new byte[10]);

        assertThatThrownBy(() -> read(SAVED_AT))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("there is no such file");
    }

    private void saveAndLoseTheSource() throws Exception {
        try (JsonFileSource source = new JsonFileSource(lists)) {
            new SnapshotFile(saved, source.description()).write((CompactSnapshot) source.load(), SAVED_AT);
        }
        Files.delete(lists);
    }

    private DirectoryReading read(Instant now) throws DirectoryException {
        return DirectoryReading.of(settings, InstantSource.fixed(now));
    }
}
