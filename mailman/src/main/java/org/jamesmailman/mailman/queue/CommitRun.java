// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.queue.QueueDirectory.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit, of the entries of a message: all files are fsynced before the first is renamed, and all renamed before
 * their directory is fsynced. What has been committed before, and comes again, becomes no second entry.
 */
final class CommitRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommitRun.class);

    private final List<StagedEntry> staged;
    private final StagedFiles staging;
    private final Helpers helpers;
    private final Retransmits retransmits;
    private final Map<StagedEntry, Commit> results = new ConcurrentHashMap<>();

    CommitRun(List<StagedEntry> staged, StagedFiles staging, Helpers helpers, Retransmits retransmits) {
        this.staged = staged;
        this.staging = staging;
        this.helpers = helpers;
        this.retransmits = retransmits;
    }

    /** What became of each, in order. */
    List<Commit> run() {
        if (retransmits.areKnown()) {
            commitWhatIsNew();
        } else {
            commit(staged);
        }
        staged.forEach(this::tellGauge);
        return staged.stream().map(results::get).toList();
    }

    private void tellGauge(StagedEntry entry) {
        if (results.get(entry) instanceof Commit.Failed failed && failed.cause().isOutOfRoom()) {
            entry.directory().gauge().failed(failed.cause());
        }
    }

    private void commitWhatIsNew() {
        Map<Fingerprint, StagedEntry> claimed = new TreeMap<>();
        List<StagedEntry> twins = new ArrayList<>();
        List<StagedEntry> inOrder = staged.stream()
                .sorted(Comparator.comparing(entry -> entry.entryName().fingerprint()))
                .toList();
        try {
            for (StagedEntry entry : inOrder) {
                Fingerprint fingerprint = entry.entryName().fingerprint();
                if (claimed.containsKey(fingerprint)) {
                    twins.add(entry);
                } else if (isNew(entry)) {
                    claimed.put(fingerprint, entry);
                }
            }
            commit(List.copyOf(claimed.values()));
        } finally {
            claimed.values().forEach(this::settle);
        }
        for (StagedEntry twin : twins) {
            staging.remove(twin);
            results.put(twin, results.get(claimed.get(twin.entryName().fingerprint())));
        }
    }

    private boolean isNew(StagedEntry entry) {
        Optional<EntryName> first = retransmits.claim(entry.entryName().fingerprint());
        if (first.isPresent()) {
            LOGGER.info("A message came again that is queued as {}: no second entry is made", first.get());
            staging.remove(entry);
            results.put(entry, new Commit.Committed(first.get().toString()));
        }
        return first.isEmpty();
    }

    private void settle(StagedEntry entry) {
        retransmits.settle(entry.entryName(), results.get(entry) instanceof Commit.Committed);
    }

    private void commit(List<StagedEntry> entries) {
        helpers.forEach(entries, this::syncFile);
        entries.stream()
                .filter(entry -> !results.containsKey(entry))
                .collect(Collectors.groupingBy(StagedEntry::tenancy, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::commitInto);
    }

    private void syncFile(StagedEntry entry) {
        try {
            staging.sync(entry);
        } catch (QueueException e) {
            results.put(entry, new Commit.Failed(e));
        }
    }

    private void commitInto(Tenancy tenancy, List<StagedEntry> entries) {
        if (!prepare(tenancy, entries)) {
            return;
        }
        List<StagedEntry> renamed = entries.stream().filter(this::rename).toList();
        if (renamed.isEmpty()) {
            return;
        }
        QueueDirectory directory = renamed.get(0).directory();
        try {
            directory.sync(tenancy);
            renamed.forEach(entry -> results.put(entry, new Commit.Committed(entry.name())));
            directory.gauge().added(renamed.size());
        } catch (IOException | RuntimeException e) {
            QueueException failure = QueueException.of("cannot fsync " + directory.path(), e);
            renamed.forEach(entry -> withdraw(entry, failure));
            return;
        }
        tenancy.journal().ifPresent(journal -> journal.committed(names(renamed)));
    }

    private boolean prepare(Tenancy tenancy, List<StagedEntry> entries) {
        if (tenancy.journal().isEmpty()) {
            return true;
        }
        try {
            tenancy.journal().get().prepared(names(entries));
            return true;
        } catch (IOException | RuntimeException e) {
            QueueException failure = QueueException.of(
                    "cannot write the journal in " + entries.get(0).directory().path(), e);
            for (StagedEntry entry : entries) {
                if (!(e instanceof Journal.InDoubtException)) {
                    staging.delete(entry.temporary());
                }
                results.put(entry, new Commit.Failed(failure));
            }
            return false;
        }
    }

    private boolean rename(StagedEntry entry) {
        try {
            staging.fileSystem().rename(entry.temporary(), entry.committed());
            return true;
        } catch (IOException | RuntimeException e) {
            // It may have happened although it was told to have failed, over a network for one.
            withdraw(entry, QueueException.of("cannot commit " + entry.committed(), e));
            return false;
        }
    }

    // The client will send the message again: if no runner has taken the entry yet, it should not lie there twice.
    private void withdraw(StagedEntry entry, QueueException failure) {
        results.put(entry, new Commit.Failed(failure));
        try {
            if (entry.tenancy().journal().isPresent()) {
                entry.tenancy().journal().get().withdrawn(entry.entryName());
            }
        } catch (IOException | RuntimeException e) {
            // That its staged file is gone would prove to the next process that it was committed.
            LOGGER.warn(
                    "The journal in {} cannot be written: {}", entry.directory().path(), FileErrors.reason(e));
            return;
        }
        staging.delete(entry.temporary());
        staging.delete(entry.committed());
    }

    private static List<EntryName> names(List<StagedEntry> entries) {
        return entries.stream().map(StagedEntry::entryName).toList();
    }
}
