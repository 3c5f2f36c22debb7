// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.HeapMessage;

/** A program that checks a queue and commits an entry to it, for tests to run as other users and with other umasks. */
final class QueueWriter {
    private QueueWriter() {}

    /** Prints the name of the entry's file, or why there is none; creates the directories first when told to. */
    public static void main(String[] arguments) throws QueueException {
        Path root = Path.of(arguments[0]);
        try {
            if (arguments.length > 1) {
                QueueDirectories.create(root);
            }
            System.out.println(
                    write(MailmanQueue.open(QueueDirectories.check(root), "owner@example.com", LimitsFixture.LOOSE)));
        } catch (QueueSetupException e) {
            System.out.println(e.getMessage());
        }
    }

    private static Path write(MailmanQueue queue) throws QueueException {
        StagedEntry staged = queue.stage(new QueueEntry(
                new Destination("ant.example.com", "ant@example.com", Optional.empty()),
                "anne@example.net",
                new HeapMessage("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                "<spare@example.com>",
                Instant.EPOCH,
                new Fingerprint(1, 2, 3)));
        queue.commit(List.of(staged));
        return staged.committed();
    }
}
