// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what was committed to a queue directory before this process began, and clears away what processes that have
 * died left there: the staged files that nobody will commit. Files of a process that lives are let alone, and so is
 * everything that is not ours: Mailman's own processes stage there, too.
 */
final class Sweep {
    private static final Pattern OURS = Pattern.compile("(?:.*\\.)?(" + ProcessMark.TOKEN + ")\\..*");
    private static final Pattern IN_QUEUE = Pattern.compile("(.*)\\.(?:pck|bak)");
    private static final Logger LOGGER = LoggerFactory.getLogger(Sweep.class);

    private final Path directory;
    private final QueueFileSystem files;
    private final Instant oldest;
    private final Map<String, List<Path>> ofOthers = new TreeMap<>();
    private final Set<EntryName> inQueue = new HashSet<>();

    /** @param oldest journals that were not written to since then are deleted */
    Sweep(Path directory, QueueFileSystem files, Instant oldest) {
        this.directory = directory;
        this.files = files;
        this.oldest = oldest;
    }

    /**
     * Does it.
     *
     * @return the entries that were committed, as far as that is known
     */
    Set<EntryName> run() throws IOException {
        list();
        Set<EntryName> committed = new HashSet<>(inQueue);
        for (Map.Entry<String, List<Path>> remains : ofOthers.entrySet()) {
            try {
                committed.addAll(clear(remains.getKey(), remains.getValue()));
            } catch (IOException e) {
                LOGGER.warn(
                        "What the dead process {} left in {} cannot be cleared away: {}",
                        remains.getKey(),
                        directory,
                        FileErrors.reason(e));
            }
        }
        return committed;
    }

    private void list() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                Matcher ours = OURS.matcher(name);
                Matcher entry = IN_QUEUE.matcher(name);
                if (ours.matches() && !ProcessMark.isOurs(ours.group(1))) {
                    ofOthers.computeIfAbsent(ours.group(1), token -> new ArrayList<>())
                            .add(file);
                } else if (entry.matches()) {
                    EntryName.parse(entry.group(1)).ifPresent(inQueue::add);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private List<EntryName> clear(String token, List<Path> all) throws IOException {
        Optional<ProcessMark> mark;
        try {
            mark = ProcessMark.ofDead(directory, token);
        } catch (NoSuchFileException e) {
            // A process makes its mark first, and leaves it when it dies; somebody has deleted it.
            return clear(new Remains(token, all, files), Optional.empty());
        }
        if (mark.isEmpty()) {
            return List.of();
        }
        try (ProcessMark held = mark.get()) {
            all.remove(held.file());
            Remains remains = new Remains(token, all, files);
            List<EntryName> committed = clear(remains, Optional.of(Journal.head(files, files.identity(directory))));
            if (remains.journals().stream().noneMatch(Files::exists)) {
                files.deleteIfExists(held.file());
            }
            return committed;
        }
    }

    private List<EntryName> clear(Remains remains, Optional<JournalLine> head) throws IOException {
        List<EntryName> committed = remains.committed(head, inQueue::contains);
        for (Path file : remains.staged()) {
            files.deleteIfExists(file);
            LOGGER.info("Deleted {}, left by a process that died", file);
        }
        for (Path journal : remains.journals()) {
            if (Files.getLastModifiedTime(journal).toInstant().isBefore(oldest)) {
                files.deleteIfExists(journal);
            }
        }
        return committed;
    }
}
