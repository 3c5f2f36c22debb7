// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A disk that writes down what is done to it, and tells what a crash at any moment would have left: after the end of
 * the process, all of it; after a power loss, what was fsynced, and of the rest whatever POSIX allows: some writes and
 * not others, whole or torn, and some names and not others.
 */
final class CrashDisk extends ForwardingFileSystem {
    private final Path root;
    private final String boot;
    private final Map<String, byte[]> atFirst;
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> inodes = new HashMap<>();
    private Consumer<Path> whenRenamed = file -> {};
    private int lastInode = -1;

    /**
     * A disk that holds some files at first.
     *
     * @param root an empty directory
     * @param boot the same as before the crash, unless the machine crashed
     */
    CrashDisk(Path root, Map<String, byte[]> atFirst, String boot) {
        this.root = root;
        this.boot = boot;
        this.atFirst = new TreeMap<>(atFirst);
        try {
            for (Map.Entry<String, byte[]> file : this.atFirst.entrySet()) {
                Files.write(root.resolve(file.getKey()), file.getValue());
                inodes.put(file.getKey(), newInode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same disk under the next process, after the end of one: what that one has not fsynced may still be lost.
     *
     * @param root an empty directory
     * @param renaming of all files
     */
    CrashDisk goOn(Path root, int crash, UnaryOperator<String> renaming) {
        CrashDisk next = new CrashDisk(root, renamed(afterKill(crash), renaming), boot);
        next.atFirst.clear();
        next.atFirst.putAll(renamed(atFirst, renaming));
        next.inodes.clear();
        next.inodes.putAll(namesAtFirst(new HashMap<>()));
        for (Event event : events.subList(0, crash)) {
            next.events.add(event.renamed(renaming));
            event.name(next.inodes);
        }
        Map<String, Integer> names = Map.copyOf(next.inodes);
        next.inodes.clear();
        names.forEach((name, inode) -> next.inodes.put(renaming.apply(name), inode));
        next.lastInode = lastInode;
        return next;
    }

    /** A disk with what a power loss may have left of this one. */
    CrashDisk restart(Path root, int crash, Random random, UnaryOperator<String> renaming) {
        return new CrashDisk(root, renamed(afterPowerLoss(crash, random), renaming), boot + ", and anew");
    }

    private static Map<String, byte[]> renamed(Map<String, byte[]> files, UnaryOperator<String> renaming) {
        Map<String, byte[]> renamed = new TreeMap<>();
        files.forEach((name, content) -> renamed.put(renaming.apply(name), content));
        return renamed;
    }

    /** How much has happened: a crash may come after each. */
    int length() {
        return events.size();
    }

    /** Writes down what the test wants to know later. */
    void note(String text) {
        events.add(new Noted(text));
    }

    /** Deletes a file as another program does, and notes it at the same moment. */
    synchronized void takeAway(Path file, String note) throws IOException {
        super.deleteIfExists(file);
        events.add(new Taken(name(file), inodes.remove(name(file)), note));
    }

    /** What was noted before a crash. */
    List<String> notesBefore(int crash) {
        return events.subList(0, crash).stream()
                .flatMap(event -> event.note().stream())
                .toList();
    }

    /** What is there after the process was killed. */
    Map<String, byte[]> afterKill(int crash) {
        Map<Integer, byte[]> contents = new HashMap<>();
        Map<String, Integer> names = namesAtFirst(contents);
        for (Event event : events.subList(0, crash)) {
            event.write(contents);
            event.name(names);
        }
        return files(contents, names);
    }

    /** What may be there after a power loss. */
    Map<String, byte[]> afterPowerLoss(int crash, Random random) {
        Map<Integer, byte[]> contents = new HashMap<>();
        Map<String, Integer> names = namesAtFirst(contents);
        int odds = 1 + random.nextInt(4);
        for (int i = 0; i < crash; i++) {
            Event event = events.get(i);
            boolean isSafe = isSynced(event, events.subList(i + 1, crash));
            if (isSafe || random.nextInt(odds) == 0) {
                (isSafe || random.nextBoolean() ? event : event.torn(random)).write(contents);
                event.name(names);
            }
        }
        return files(contents, names);
    }

    private static boolean isSynced(Event event, List<Event> later) {
        return later.stream().anyMatch(event::isSyncedBy);
    }

    private Map<String, Integer> namesAtFirst(Map<Integer, byte[]> contents) {
        Map<String, Integer> names = new TreeMap<>();
        int inode = 0;
        for (Map.Entry<String, byte[]> file : atFirst.entrySet()) {
            contents.put(inode, file.getValue());
            names.put(file.getKey(), inode++);
        }
        return names;
    }

    private static Map<String, byte[]> files(Map<Integer, byte[]> contents, Map<String, Integer> names) {
        Map<String, byte[]> files = new TreeMap<>();
        names.forEach((name, inode) -> files.put(name, contents.getOrDefault(inode, new byte[0])));
        return files;
    }

    private synchronized int newInode() {
        return ++lastInode;
    }

    /** A file of the disk. */
    Path path(String name) {
        return root.resolve(name);
    }

    private String name(Path file) {
        return root.relativize(file).toString();
    }

    @Override
    public synchronized FileChannel create(Path file, FileAccess access) throws IOException {
        FileChannel channel = super.create(file, access);
        int inode = newInode();
        inodes.put(name(file), inode);
        events.add(new Named(Optional.empty(), Optional.of(name(file)), inode));
        return new RecordingChannel(channel, inode, 0);
    }

    @Override
    public synchronized FileChannel append(Path file) throws IOException {
        FileChannel channel = super.append(file);
        return new RecordingChannel(channel, inodes.get(name(file)), channel.size());
    }

    @Override
    public void sync(FileChannel file) {
        events.add(new Synced(((RecordingChannel) file).inode));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        super.rename(from, to);
        int inode = inodes.remove(name(from));
        inodes.put(name(to), inode);
        events.add(new Named(Optional.of(name(from)), Optional.of(name(to)), inode));
        whenRenamed.accept(to);
    }

    /** From now on this happens after each rename. */
    void whenRenamed(Consumer<Path> event) {
        whenRenamed = event;
    }

    @Override
    public void syncDirectory(Path directory) {
        events.add(new NamesSynced(name(directory)));
    }

    @Override
    public synchronized void deleteIfExists(Path file) throws IOException {
        super.deleteIfExists(file);
        if (inodes.containsKey(name(file))) {
            events.add(new Named(Optional.of(name(file)), Optional.empty(), inodes.remove(name(file))));
        }
    }

    @Override
    public Object identity(Path directory) throws IOException {
        super.identity(directory);
        return name(directory);
    }

    @Override
    public String boot() {
        return boot;
    }

    /** Something that was done. */
    private interface Event {
        default void write(Map<Integer, byte[]> contents) {}

        default void name(Map<String, Integer> names) {}

        default Optional<String> note() {
            return Optional.empty();
        }

        default boolean isSyncedBy(Event later) {
            return false;
        }

        default Event renamed(UnaryOperator<String> renaming) {
            return this;
        }

        default Event torn(Random random) {
            return this;
        }
    }

    private record Noted(String text) implements Event {
        @Override
        public Optional<String> note() {
            return Optional.of(text);
        }
    }

    private record Taken(String file, int inode, String text) implements Event {
        @Override
        public void name(Map<String, Integer> names) {
            names.remove(file);
        }

        @Override
        public Event renamed(UnaryOperator<String> renaming) {
            return new Taken(renaming.apply(file), inode, text);
        }

        @Override
        public Optional<String> note() {
            return Optional.of(text);
        }
    }

    private record Synced(int inode) implements Event {}

    private record NamesSynced(String directory) implements Event {}

    private record Written(int inode, long offset, ByteBuffer octets) implements Event {
        @Override
        public void write(Map<Integer, byte[]> contents) {
            byte[] before = contents.getOrDefault(inode, new byte[0]);
            byte[] after = Arrays.copyOf(before, Math.max(before.length, (int) offset + octets.remaining()));
            octets.duplicate().get(after, (int) offset, octets.remaining());
            contents.put(inode, after);
        }

        @Override
        public boolean isSyncedBy(Event later) {
            return later instanceof Synced synced && synced.inode() == inode;
        }

        @Override
        public Event torn(Random random) {
            return new Written(inode, offset, octets.duplicate().limit(random.nextInt(octets.remaining() + 1)));
        }
    }

    private record Truncated(int inode, int length) implements Event {
        @Override
        public void write(Map<Integer, byte[]> contents) {
            byte[] before = contents.getOrDefault(inode, new byte[0]);
            contents.put(inode, Arrays.copyOf(before, Math.min(before.length, length)));
        }

        @Override
        public boolean isSyncedBy(Event later) {
            return later instanceof Synced synced && synced.inode() == inode;
        }
    }

    private record Named(Optional<String> from, Optional<String> to, int inode) implements Event {
        @Override
        public void name(Map<String, Integer> names) {
            from.ifPresent(names::remove);
            to.ifPresent(name -> names.put(name, inode));
        }

        @Override
        public Event renamed(UnaryOperator<String> renaming) {
            return new Named(from.map(renaming), to.map(renaming), inode);
        }

        @Override
        public boolean isSyncedBy(Event later) {
            String directory = Path.of(from.or(() -> to).get()).getParent().toString();
            return later instanceof NamesSynced synced && synced.directory().equals(directory);
        }
    }

    private final class RecordingChannel extends ForwardingChannel {
        private final int inode;
        private long end;

        private RecordingChannel(FileChannel channel, int inode, long end) {
            super(channel);
            this.inode = inode;
            this.end = end;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            ByteBuffer octets = octets(source);
            super.write(source);
            events.add(new Written(inode, end, octets));
            end += octets.remaining();
            return octets.remaining();
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            ByteBuffer octets = octets(source);
            super.write(source, position);
            events.add(new Written(inode, position, octets));
            return octets.remaining();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            long written = 0;
            for (ByteBuffer source : Arrays.asList(sources).subList(offset, offset + length)) {
                written += source.hasRemaining() ? write(source) : 0;
            }
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            super.truncate(size);
            events.add(new Truncated(inode, (int) size));
            return this;
        }

        private static ByteBuffer octets(ByteBuffer source) {
            byte[] octets = new byte[source.remaining()];
            source.duplicate().get(octets);
            return ByteBuffer.wrap(octets);
        }
    }
}
