// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * A snapshot on the disk, for a start while the source is not there.
 *
 * <p>The file holds: eight octets by which it is known, the version of its form, the source's description, when the
 * source last said that this is how things are, what {@link SnapshotWriter} makes of the snapshot, and a checksum
 * (CRC-32C) of all that. A new one takes the old one's place as a whole. It is its owner's alone to read, for it holds
 * addresses. Used by one thread at a time.
 */
final class SnapshotFile {
    /** Of the form of the file: another one is not read. */
    static final int VERSION = 1;

    private static final byte[] MAGIC = {'J', 'M', 'M', 'd', 'i', 'r', '\r', '\n'};
    private static final int CHECKSUM_LENGTH = 4;
    private static final int BUFFER_SIZE = 1 << 16;

    private final Path file;
    private final String source;

    /**
     * A snapshot as it was saved.
     *
     * @param knownAt when the source last said so
     */
    record Saved(Snapshot snapshot, Instant knownAt) {}

    /** @param source the description of the source, whose snapshots alone are read here */
    SnapshotFile(Path file, String source) {
        this.file = file;
        this.source = source;
    }

    Path path() {
        return file;
    }

    /** Saves a snapshot; when this returns it is on the disk, and when it throws the one before is. */
    void write(CompactSnapshot snapshot, Instant knownAt) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path temporary = directory.resolve(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            write(Channels.newOutputStream(channel), snapshot, knownAt);
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void write(OutputStream to, CompactSnapshot snapshot, Instant knownAt) throws IOException {
        CRC32C checksum = new CRC32C();
        CheckedOutputStream checked = new CheckedOutputStream(to, checksum);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_SIZE));
        out.write(MAGIC);
        out.writeInt(VERSION);
        SnapshotWriter writer = new SnapshotWriter(out);
        writer.string(source);
        out.writeLong(knownAt.getEpochSecond());
        out.writeInt(knownAt.getNano());
        writer.write(snapshot);
        out.flush();
        out.writeInt((int) checksum.getValue());
        out.flush();
    }

    /**
     * Reads what was saved.
     *
     * @return empty when nothing was
     * @throws DirectoryException with one sentence, when there is a file that cannot be used
     */
    Optional<Saved> read() throws DirectoryException {
        try {
            return Optional.of(readWhole());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (EOFException | RuntimeException e) {
            throw unusable("it is damaged", e);
        } catch (IOException e) {
            throw unusable("it cannot be read (" + Printable.ascii(Objects.toString(e.getMessage(), ""), 200) + ")", e);
        }
    }

    private Saved readWhole() throws IOException, DirectoryException {
        long length = Files.size(file);
        try (DataInputStream in = open()) {
            checkForm(in, length);
        }
        try (DataInputStream in = open()) {
            in.skipNBytes(MAGIC.length + Integer.BYTES);
            SnapshotReader reader = new SnapshotReader(in, length);
            if (!reader.string().equals(source)) {
                throw unusable("it is of another source than " + source);
            }
            Instant knownAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            return new Saved(reader.read(knownAt), knownAt);
        }
    }

    private void checkForm(DataInputStream in, long length) throws IOException, DirectoryException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw unusable("it is no saved snapshot");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(magic);
        byte[] version = in.readNBytes(Integer.BYTES);
        checksum.update(version);
        if (!Arrays.equals(version, new byte[] {0, 0, 0, VERSION})) {
            throw unusable("it was saved by another version of james-mailman");
        }
        byte[] buffer = new byte[BUFFER_SIZE];
        for (long left = length - MAGIC.length - Integer.BYTES - CHECKSUM_LENGTH; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            checksum.update(buffer, 0, count);
            left -= count;
        }
        if (in.readInt() != (int) checksum.getValue()) {
            throw new IllegalArgumentException("the checksum is another");
        }
    }

    private DataInputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return new DataInputStream(new BufferedInputStream(in, BUFFER_SIZE));
    }

    private DirectoryException unusable(String why) {
        return unusable(why, new IOException(why));
    }

    private DirectoryException unusable(String why, Throwable cause) {
        return new DirectoryException(
                "The saved snapshot " + file + " is not used: " + why
                        + ". It is replaced once the lists have been read.",
                cause);
    }
}
