// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * The directory in a JSON file: for trying out, and for a handful of lists without a Mailman.
 *
 * <p>Only {@code fqdn_listname} and {@code mail_host} must be given; what is left out is as Mailman's default style has
 * it.
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "domains": [{"mail_host": "example.com", "alias_domain": "example.net"}],
 *   "bans": ["spammer@example.org", "^.*@spam\\.example$"],
 *   "users": [["anne@example.com", "anne@home.example"]],
 *   "lists": [{
 *     "fqdn_listname": "ant@example.com",
 *     "list_id": "ant.example.com",
 *     "posting_chain": "default-posting-chain",
 *     "emergency": false,
 *     "autorespond_postings": "none",
 *     "has_moderator_password": false,
 *     "dmarc_mitigate_action": "no_mitigation",
 *     "default_member_action": "defer",
 *     "default_nonmember_action": "hold",
 *     "accept_these_nonmembers": ["^.*@example\\.com$"],
 *     "hold_these_nonmembers": [],
 *     "reject_these_nonmembers": [],
 *     "discard_these_nonmembers": [],
 *     "header_matches": [{"header": "X-Spam", "pattern": "^yes", "chain": "discard"}],
 *     "members": ["anne@example.com", {"email": "bart@example.com", "moderation_action": "reject"}],
 *     "nonmembers": [{"email": "carl@example.com", "moderation_action": "accept"}],
 *     "bans": ["dave@example.com"]
 *   }]
 * }
 * }</pre>
 *
 * <p>Words are Mailman's own. {@code users} groups the addresses that belong to one user. A ban that starts with
 * {@code ^} is a Python regular expression. A {@code null} default action, or legacy list of nonmembers, is one on
 * which Mailman stumbles, so that a post that needs it is left to Mailman.
 *
 * <p>A change is seen by the file's time, size and identity. Write a new file beside it and rename it: a half-written
 * one is refused, and what was known before stays in force until it can be read.
 */
public final class JsonFileSource implements DirectorySource {
    private static final long MAX_SIZE = 1L << 30;
    private static final int BUFFER_SIZE = 1 << 16;

    /** A second change within one tick of the file system's clock leaves the time as it was. */
    private static final Duration CLOCK_TICK = Duration.ofMillis(50);

    private final Path file;
    private final Clock clock;
    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private Optional<Signature> loaded = Optional.empty();

    /** By what one version of the file is told from the next. */
    private record Signature(FileTime modified, long size, Optional<Object> key) {}

    public JsonFileSource(Path file) {
        this(file, Clock.systemUTC());
    }

    JsonFileSource(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Snapshot load() throws DirectoryException {
        Signature signature = signature();
        if (signature.size() > MAX_SIZE) {
            throw new DirectoryException(
                    file + " is larger than 1 GiB; point directory.file to a smaller file, or use the database.");
        }
        Instant now = clock.instant();
        Snapshot snapshot = parse(now);
        boolean settled = signature.modified().toInstant().isBefore(now.minus(CLOCK_TICK));
        loaded = settled ? Optional.of(signature) : Optional.empty();
        return snapshot;
    }

    @Override
    public boolean hasChanged() throws DirectoryException {
        return !Optional.of(signature()).equals(loaded);
    }

    @Override
    public String description() {
        return "the file " + file;
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }

    private Snapshot parse(Instant now) throws DirectoryException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE);
                JsonParser parser = factory.createParser(in)) {
            return new JsonDirectoryReader(new JsonCursor(parser, file.toString()), now).read();
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new DirectoryException(
                    file + line + ": this is not JSON (" + Printable.ascii(e.getOriginalMessage(), 200) + "); mend it.",
                    e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Signature signature() throws DirectoryException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Signature(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DirectoryException unreadable(IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : Objects.toString(e.getMessage(), "");
        return new DirectoryException(
                "The directory file " + file + " cannot be read (" + why
                        + "); set directory.file in mailman.properties to a readable file.",
                e);
    }
}
