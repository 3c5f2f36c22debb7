// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jamesmailman.benchmarks.directory.LargeSite;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.TemporaryFolder;

/** Mailmans of many lists, in which members and others may post to each list. */
public final class Sites {
    /** Of each list. */
    public static final int MEMBERS_OF_EACH = 10;

    private Sites() {}

    /** One that runs its LMTP runner over a database of so many lists. */
    static Site start(TemporaryFolder folder, int lists) {
        Path below = directory(folder.path().resolve("site"));
        try (LargeSite site = LargeSite.makeOnSqlite(below, lists, MEMBERS_OF_EACH)) {
            // Whoever posts to several lists at once is a member of the first alone.
            site.change("sql('UPDATE mailinglist SET default_nonmember_action = ' + str(Action.accept.value))");
            PrivateMailman mailman = PrivateMailman.builder()
                    .database("sqlite:///" + site.url().substring("jdbc:sqlite:".length()) + "?timeout=60")
                    .runners(Runner.LMTP)
                    .start();
            return new Site(mailman, site.url());
        }
    }

    /**
     * A site that runs.
     *
     * @param database its JDBC URL
     */
    record Site(PrivateMailman mailman, String database) {}

    private static Path directory(Path path) {
        try {
            return Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }
}
