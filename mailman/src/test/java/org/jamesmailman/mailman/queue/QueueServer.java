// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.message.HeapMessage;

/**
 * A program that has a queue open, as our server has, and does with it what a test says line by line. Tests run it as
 * other processes, to end as servers end, and on file systems that fail.
 */
final class QueueServer {
    private final MailmanQueue queue;
    private final List<StagedEntry> staged = new ArrayList<>();

    private QueueServer(MailmanQueue queue) {
        this.queue = queue;
    }

    /** Answers each line of its input by one line, the first of which says that the queue is open. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        QueueDirectories.create(root);
        QueueServer server = new QueueServer(
                MailmanQueue.open(QueueDirectories.check(root), "owner@example.com", LimitsFixture.LOOSE));
        System.out.println("open");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(server.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "stage" -> stage(words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]));
            case "commit" -> commit();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String stage(String queueName, int size, long message) {
        Optional<Subaddress> subaddress = queueName.equals("in") ? Optional.empty() : Optional.of(Subaddress.BOUNCES);
        try {
            StagedEntry entry = queue.stage(new QueueEntry(
                    new Destination("ant.example.com", "ant@example.com", subaddress),
                    "anne@example.net",
                    new HeapMessage(new byte[size]),
                    "<spare@example.com>",
                    Instant.EPOCH,
                    new Fingerprint(message, 0, 0)));
            staged.add(entry);
            return entry.temporary().toString();
        } catch (QueueException e) {
            return failure(e);
        }
    }

    private String commit() {
        Commit commit = queue.commit(staged).get(staged.size() - 1);
        staged.clear();
        return commit instanceof Commit.Committed committed
                ? "committed " + committed.name()
                : failure(((Commit.Failed) commit).cause());
    }

    private static String failure(QueueException e) {
        return (e.isOutOfRoom() ? "no room: " : "failed: ") + e.getMessage();
    }
}
