// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.Bans;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.ListSettings;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.OutdatedDirectoryFixture;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.directory.SnapshotBuilder;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.queue.FaultyDiskFixture;
import org.jamesmailman.mailman.queue.MailmanQueue;

/**
 * A site for the tests of what stands on this module: real parts on a directory of lists in memory, and a queue in a
 * folder.
 *
 * <ul>
 *   <li>{@code ant@example.com}, also {@code @example.net}: open; {@code bart@example.com} is rejected, and
 *       {@code dave@example.com} banned;
 *   <li>{@code bee@example.com}: rejects who is not {@code anne@example.com};
 *   <li>{@code cat@lists.example.org}: discards who is not {@code anne@example.com};
 *   <li>{@code dog@lists.example.org}: has a posting chain of its own, so that only Mailman can tell;
 *   <li>{@code elk..@example.com}: open, and of a name that no mail address has by RFC 5321 4.1.2.
 * </ul>
 */
public final class SiteFixture {
    private static final MimeAnalyzer ANALYZER = new MimeAnalyzer();

    private final Path queueDirectory;
    private final Path temporaryDirectory;
    private final FaultyDiskFixture disk = new FaultyDiskFixture();
    private final MailmanQueue queue;
    private final Recipients recipients;
    private final PostingVerdicts verdicts;

    private SiteFixture(Path root, Directory directory) {
        this.queueDirectory = root.resolve("queue");
        this.temporaryDirectory = root.resolve("tmp");
        try {
            Files.createDirectories(temporaryDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.queue = disk.queue(queueDirectory);
        this.recipients = new Recipients(new RecipientResolver("+"), directory);
        this.verdicts = new PostingVerdicts(directory, new PostingPolicy(SiteSettings.DEFAULTS));
    }

    /** The site, with its queue in a folder below this one. */
    public static SiteFixture in(Path root) {
        Snapshot snapshot = snapshot();
        return new SiteFixture(root, () -> Optional.of(snapshot));
    }

    /** The site as it was so long ago that nobody may be refused for it. */
    public static SiteFixture ofWhichWhatIsKnownIsTooOld(Path root) {
        return new SiteFixture(root, new OutdatedDirectoryFixture(snapshot()));
    }

    /** A site of which no list is known yet. */
    public static SiteFixture ofWhichNothingIsKnownYet(Path root) {
        return new SiteFixture(root, Optional::empty);
    }

    public MailmanQueue queue() {
        return queue;
    }

    /** Where the queue lies: may be told to fail. */
    public FaultyDiskFixture disk() {
        return disk;
    }

    public Recipients recipients() {
        return recipients;
    }

    public PostingVerdicts verdicts() {
        return verdicts;
    }

    public Transactions transactions() {
        return new Transactions(ANALYZER, InstantSource.system(), temporaryDirectory);
    }

    /** What the LMTP side puts into the mail for a recipient. */
    public Delivery delivery(String reversePath, String recipient, String message) {
        HeapMessage bytes = new HeapMessage(message.getBytes(StandardCharsets.ISO_8859_1));
        Transaction transaction = transactions().received(reversePath, bytes, "example.com");
        return new Delivery(transaction, recipient, destination(recipient), new VerdictSink());
    }

    /** The entries that Mailman would find in one of its queues, oldest first, each octet one character. */
    public List<String> queued(String name) {
        return files().stream()
                .filter(file -> file.getParent().getFileName().toString().equals(name)
                        && file.toString().endsWith(".pck"))
                .map(SiteFixture::content)
                .toList();
    }

    /** Every entry below the queue directory, staged ones too, in the order of their names. */
    public List<Path> files() {
        try (Stream<Path> files = Files.walk(queueDirectory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(".pck"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Destination destination(String recipient) {
        if (recipients.resolve(recipient) instanceof Resolution.Found found) {
            return found.destination();
        }
        throw new IllegalArgumentException(recipient + " is no list's");
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snapshot snapshot() {
        SnapshotBuilder site = new SnapshotBuilder()
                .domain("example.com", Optional.of("example.net"))
                .domain("lists.example.org", Optional.empty());
        site.list("ant.example.com", "ant@example.com", ListSettings.DEFAULTS)
                .member("anne@example.com", Optional.empty())
                .member("bart@example.com", Optional.of(ModerationAction.REJECT))
                .bans(new Bans(Set.of("dave@example.com"), List.of()));
        site.list("bee.example.com", "bee@example.com", nonmembersMeet(ModerationAction.REJECT))
                .member("anne@example.com", Optional.empty());
        site.list("cat.lists.example.org", "cat@lists.example.org", nonmembersMeet(ModerationAction.DISCARD))
                .member("anne@example.com", Optional.empty());
        site.list(
                "dog.lists.example.org",
                "dog@lists.example.org",
                settings("a-chain-of-its-own", ModerationAction.REJECT));
        site.list("elk...example.com", "elk..@example.com", ListSettings.DEFAULTS);
        return site.build(Instant.EPOCH);
    }

    private static ListSettings nonmembersMeet(ModerationAction action) {
        return settings(ListSettings.DEFAULT_POSTING_CHAIN, action);
    }

    private static ListSettings settings(String chain, ModerationAction nonmemberAction) {
        return new ListSettings(
                chain,
                false,
                false,
                false,
                DmarcMitigation.HARMLESS,
                Optional.of(ModerationAction.DEFER),
                Optional.of(nonmemberAction),
                LegacyNonmembers.NONE,
                List.of());
    }
}
