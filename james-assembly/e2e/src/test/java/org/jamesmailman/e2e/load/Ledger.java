// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.QueueDirectory;

/** The entries that clients were told of, against those that are in the queue. Thread-safe. */
final class Ledger {
    private static final Pattern ENTRY = Pattern.compile("queued as (\\d+\\.\\d+\\+[0-9a-f]{40})");

    private static final Pattern SENDER = Pattern.compile(" from=<([^>]*)> to=<");

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Notes the entries that replies tell of. */
    int note(String replies) {
        Set<String> entries = entriesIn(replies.lines());
        told.addAll(entries);
        return entries.size();
    }

    /** The entries that clients have read of. */
    Set<String> told() {
        return new TreeSet<>(told);
    }

    /** The entries that the server answered for, as its log has it, to senders that match. */
    static Set<String> logged(PrivateJames james, Predicate<String> sender) {
        return entriesIn(james.program().output().lines().filter(line -> {
            Matcher from = SENDER.matcher(line);
            return from.find() && sender.test(from.group(1));
        }));
    }

    /** The entries in the queues. */
    static Set<String> queued(PrivateJames james) {
        return Stream.of("in", "command", "bounces")
                .map(name ->
                        new QueueDirectory(james.varDirectory().resolve("queue").resolve(name)))
                .flatMap(queue -> queue.files().stream())
                .map(file -> file.getFileName().toString().replaceFirst("\\.pck$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> entriesIn(Stream<String> lines) {
        return lines.flatMap(line -> ENTRY.matcher(line).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
