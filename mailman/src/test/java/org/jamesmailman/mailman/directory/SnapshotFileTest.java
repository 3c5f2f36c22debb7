// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    private static final Instant KNOWN_AT = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final int VERSION_PLACE = 11;
    private static final int CHECKSUM_LENGTH = 4;

    @TempDir
    Path directory;

    private SnapshotFile file;

    @BeforeEach
    void nameTheFile() {
        file = new SnapshotFile(directory.resolve("var/lists.snapshot"), "the test's source");
    }

    private static CompactSnapshot snapshot() {
        SnapshotBuilder site = new SnapshotBuilder()
                .domain("example.com", Optional.of("example.net"))
                .domain("lists.example.org", Optional.empty())
                .siteBans(new Bans(Set.of("eve@example.com"), List.of("^eve", "^.*@bad\\.example$")));
        site.list("ant.example.com", "ant@example.com", ListSettings.DEFAULTS)
                .member("anne@example.com", Optional.empty())
                .member("jörg@example.com", Optional.of(ModerationAction.REJECT))
                .nonmember("carl@example.com", Optional.of(ModerationAction.ACCEPT))
                .bans(new Bans(Set.of("dave@example.com"), List.of()));
        site.list("bee.lists.example.org", "bee@lists.example.org", everythingChanged())
                .nonmember("anne@example.com", Optional.of(ModerationAction.DEFER));
        site.list("cat.example.com", "cat@example.com", ListSettings.DEFAULTS);
        site.link(3, "anne@example.com").link(3, "anne@home.example").link(4, "carl@example.com");
        return (CompactSnapshot) site.build(Instant.EPOCH);
    }

    private static ListSettings everythingChanged() {
        return new ListSettings(
                "a-chain",
                true,
                true,
                true,
                DmarcMitigation.MAY_REJECT_OR_DISCARD,
                Optional.empty(),
                Optional.of(ModerationAction.DISCARD),
                new LegacyNonmembers(
                        List.of("^a"), List.of("x".repeat(70_000)), List.of("ü😀"), List.of("d@example.com"), false),
                List.of(
                        new HeaderMatch("x-spam", "^yes", Optional.of("discard")),
                        new HeaderMatch("a", "b", Optional.empty())));
    }

    private Path saved() throws Exception {
        file.write(snapshot(), KNOWN_AT);
        return file.path();
    }

    @Test
    void readsWhatItWrote() throws Exception {
        saved();
        SnapshotFile.Saved read = file.read().orElseThrow();
        assertThat(SnapshotContent.of(read.snapshot())).isEqualTo(SnapshotContent.of(snapshot()));
        assertThat(read.knownAt()).isEqualTo(KNOWN_AT);
        assertThat(read.snapshot().takenAt()).isEqualTo(KNOWN_AT);
    }

    @Test
    void readsASnapshotOfNothing() throws Exception {
        file.write((CompactSnapshot) new SnapshotBuilder().build(Instant.EPOCH), KNOWN_AT);
        assertThat(file.read().orElseThrow().snapshot().listCount()).isZero();
    }

    @Test
    void saysThatNothingWasSaved() throws Exception {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void isForItsOwnerAloneAndLeavesNothingBeside() throws Exception {
        Path path = saved();
        file.write(snapshot(), KNOWN_AT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Stream<Path> beside = Files.list(path.getParent())) {
            assertThat(beside).containsExactly(path);
        }
    }

    @Test
    void overwritesWhatACrashLeft() throws Exception {
        Path leftover = Files.createDirectories(file.path().getParent()).resolve("lists.snapshot.tmp");
        Files.writeString(leftover, "half");
        saved();
        assertThat(file.read()).isPresent();
        assertThat(leftover).doesNotExist();
    }

    @Test
    void keepsTheOldOneWhenTheNewOneCannotBeWritten() throws Exception {
        Path path = saved();
        Files.createDirectories(path.resolveSibling("lists.snapshot.tmp").resolve("in-the-way"));
        assertThatThrownBy(() -> file.write((CompactSnapshot) new SnapshotBuilder().build(Instant.EPOCH), KNOWN_AT))
                .isInstanceOf(java.io.IOException.class);
        assertThat(file.read().orElseThrow().snapshot().listCount()).isEqualTo(3);
    }

    @Test
    void usesNoFileThatWasCutWhereverThatWas() throws Exception {
        Path path = saved();
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(file::read)
                    .as("%d of %d octets", length, whole.length)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageStartingWith("The saved snapshot " + path + " is not used: it ");
        }
    }

    @Test
    void usesNoFileOfWhichAnyBitHasChanged() throws Exception {
        Path path = saved();
        byte[] whole = Files.readAllBytes(path);
        for (int place = 0; place < whole.length; place += 1 + place / 50) {
            byte[] changed = whole.clone();
            changed[place] ^= (byte) (1 << place % 8);
            Files.write(path, changed);
            assertThatThrownBy(file::read).as("octet %d", place).isInstanceOf(DirectoryException.class);
        }
    }

    @Test
    void outlivesNonsenseWithARightChecksum() throws Exception {
        Path path = saved();
        byte[] whole = Files.readAllBytes(path);
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = whole.clone();
            for (int left = random.nextInt(1, 4); left > 0; left--) {
                changed[random.nextInt(VERSION_PLACE + 1, changed.length - CHECKSUM_LENGTH)] =
                        (byte) random.nextInt(-128, 128);
            }
            Files.write(path, withChecksum(changed));
            try {
                file.read().ifPresent(saved -> assertThat(saved.snapshot().linkedAddresses("anne@example.com"))
                        .isNotNull());
            } catch (DirectoryException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("is not used: ");
            }
        }
    }

    private static byte[] withChecksum(byte[] octets) {
        CRC32C checksum = new CRC32C();
        checksum.update(octets, 0, octets.length - CHECKSUM_LENGTH);
        java.nio.ByteBuffer.wrap(octets).putInt(octets.length - CHECKSUM_LENGTH, (int) checksum.getValue());
        return octets;
    }

    @Test
    void usesNoFileOfAnotherVersion() throws Exception {
        Path path = saved();
        byte[] whole = Files.readAllBytes(path);
        whole[VERSION_PLACE]++;
        Files.write(path, withChecksum(whole));
        assertThatThrownBy(file::read)
                .hasMessage("The saved snapshot " + path + " is not used: it was saved by another version of"
                        + " james-mailman. It is replaced once the lists have been read.");
    }

    @Test
    void usesNoFileOfAnotherSource() throws Exception {
        Path path = saved();
        assertThatThrownBy(new SnapshotFile(path, "another source")::read)
                .hasMessageContaining("is not used: it is of another source than another source.");
    }

    @Test
    void usesNoFileOfSomebodyElses() throws Exception {
        Files.createDirectories(file.path().getParent());
        Files.write(file.path(), "{\"version\": 1}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(file::read).hasMessageContaining("is not used: it is no saved snapshot.");
    }
}
