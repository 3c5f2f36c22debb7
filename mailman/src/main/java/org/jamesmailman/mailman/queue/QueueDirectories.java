// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Subaddress;

/** Mailman's queue directories that mail is put into, each seen to be writable in the way Mailman needs. Immutable. */
public final class QueueDirectories {
    /** The queues that mail can be put into: those of posts and of every subaddress. */
    private static final List<String> QUEUES = Stream.concat(
                    Stream.of("in"), Arrays.stream(Subaddress.values()).map(Subaddress::queue))
            .distinct()
            .toList();

    /** As Mailman's own {@code Switchboard} makes them. */
    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwxrwx---");

    private final Map<String, Checked> checked;

    private QueueDirectories(Map<String, Checked> checked) {
        this.checked = Map.copyOf(checked);
    }

    /**
     * Checks Mailman's queue directories by making, renaming and deleting a file in each.
     *
     * @param root the directory that holds {@code in}, {@code command} and {@code bounces}
     * @throws QueueSetupException with one sentence that names the directory, what is wrong and what to do
     */
    public static QueueDirectories check(Path root) throws QueueSetupException {
        Map<String, Checked> checked = new LinkedHashMap<>();
        for (String queue : QUEUES) {
            Path directory = root.resolve(queue);
            checked.put(queue, new Checked(directory, new QueueDirectoryCheck(directory).run()));
        }
        return new QueueDirectories(checked);
    }

    /**
     * Makes the directories that are missing, with the mode that Mailman gives them; for a queue that no Mailman has
     * made yet.
     *
     * @throws QueueSetupException when one cannot be made
     */
    public static void create(Path root) throws QueueSetupException {
        for (String queue : QUEUES) {
            Path directory = root.resolve(queue);
            try {
                createIfMissing(directory);
            } catch (IOException e) {
                throw new QueueSetupException("The queue directory " + directory + " cannot be made ("
                        + FileErrors.reason(e) + "): let this server's user write to " + root
                        + ", or set queue.directory in mailman.properties to another place");
            }
        }
    }

    private static void createIfMissing(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, DIRECTORY_MODE);
        }
    }

    List<String> queues() {
        return QUEUES;
    }

    Path directory(String queue) {
        return of(queue).path();
    }

    FileAccess access(String queue) {
        return of(queue).access();
    }

    private Checked of(String queue) {
        Checked found = checked.get(queue);
        if (found == null) {
            throw new IllegalArgumentException("no queue is called " + queue);
        }
        return found;
    }

    private record Checked(Path path, FileAccess access) {}
}
