// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.configuration.SettingsException;
import org.jamesmailman.mailman.delivery.Judges;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectoryReading;
import org.jamesmailman.mailman.policy.Decision;

/**
 * A configuration directory for tests, with lists in a file beside it:
 *
 * <ul>
 *   <li>{@code ant@example.com}, also {@code @example.net}: open; {@code spammer@example.org} is banned;
 *   <li>{@code bee@example.com}: rejects who is not {@code anne@example.com};
 *   <li>{@code cat@example.com}: discards who is not {@code anne@example.com};
 *   <li>{@code dog@example.com}: has a posting chain of its own, so that only Mailman can tell;
 *   <li>{@code elk..@example.com}: open, and of a name that James's own parser refuses.
 * </ul>
 */
final class SiteFolder {
    private static final String LISTS = """
            {"version": 1,
             "taken_at": "2026-01-31T12:00:00Z",
             "domains": [{"mail_host": "example.com", "alias_domain": "example.net"}],
             "lists": [
              {"fqdn_listname": "ant@example.com", "default_nonmember_action": "accept", "bans": ["spammer@example.org"]},
              {"fqdn_listname": "bee@example.com", "default_nonmember_action": "reject", "members": ["anne@example.com"]},
              {"fqdn_listname": "cat@example.com", "default_nonmember_action": "discard", "members": ["anne@example.com"]},
              {"fqdn_listname": "dog@example.com", "posting_chain": "a-chain-of-its-own"},
              {"fqdn_listname": "elk..@example.com", "default_nonmember_action": "accept"}
            ]}
            """;

    private final Path folder;

    private SiteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files.
     *
     * @param settings more lines of {@code mailman.properties}
     */
    static SiteFolder in(Path folder, String... settings) {
        try {
            Path lists = Files.writeString(folder.resolve("lists.json"), LISTS);
            Files.writeString(
                    folder.resolve("mailman.properties"),
                    "queue.directory=/nonexistent/queue\ndirectory.source=file\ndirectory.file=" + lists + "\n"
                            + String.join("\n", settings) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SiteFolder(folder);
    }

    Path path() {
        return folder;
    }

    DefaultPipeline pipeline() {
        return pipeline(true);
    }

    /** By lists that are older than the site allows. */
    DefaultPipeline outdatedPipeline() {
        return pipeline(false);
    }

    private DefaultPipeline pipeline(boolean maySupportRefusals) {
        try {
            Settings settings = Settings.load(folder.resolve("mailman.properties"), folder, Map.of());
            DirectoryReading reading = DirectoryReading.of(settings, InstantSource.system());
            Judges judges = Judges.of(
                    settings,
                    new DirectoryReading(
                            reading.snapshot(),
                            reading.origin(),
                            reading.knownAt(),
                            maySupportRefusals,
                            reading.trouble()));
            return new DefaultPipeline(settings, judges, judges.verdicts()::explain, JamesAddress::isOne);
        } catch (SettingsException | DirectoryException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rules that were asked, in order. */
    static List<String> rules(Explanation explanation) {
        return explanation.decision().orElseThrow().steps().stream()
                .map(Decision.Step::rule)
                .toList();
    }
}
