// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one document of {@link JsonFileSource} into a snapshot. */
final class JsonDirectoryReader {
    /** Far more than Mailman or RFC 5321 allow, and little enough to refuse nonsense. */
    static final int MAX_NAME_LENGTH = 1_000;

    /** For patterns. */
    static final int MAX_TEXT_LENGTH = 65_536;

    static final String KNOWN_VERSIONS = "1";

    private static final String KEYS = "version, taken_at, domains, bans, users, lists";
    private static final int VERSION = 1;

    private final JsonCursor json;
    private final SnapshotBuilder snapshot = new SnapshotBuilder();
    private final List<Domain> domains = new ArrayList<>();
    private final Set<String> mailHosts = new HashSet<>();
    private long users;
    private Instant takenAt;

    private record Domain(String mailHost, Optional<String> alias) {}

    /** @param now when the file is read, unless it says itself when it was taken */
    JsonDirectoryReader(JsonCursor json, Instant now) {
        this.json = json;
        this.takenAt = now;
    }

    Snapshot read() throws IOException, DirectoryException {
        json.next();
        json.object(KEYS, this::readKey);
        json.next();
        json.expectEnd();
        // In mail_host order, which decides between two domains with the same alias.
        domains.sort(Comparator.comparing(Domain::mailHost));
        domains.forEach(domain -> snapshot.domain(domain.mailHost(), domain.alias()));
        return snapshot.build(takenAt);
    }

    private boolean readKey(String key) throws IOException, DirectoryException {
        switch (key) {
            case "version" -> readVersion();
            case "taken_at" -> takenAt = instant();
            case "domains" -> json.array(this::readDomain);
            case "bans" -> snapshot.siteBans(readBans(json));
            case "users" -> json.array(this::readUser);
            case "lists" -> json.array(() -> new JsonListReader(json, snapshot).read());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readVersion() throws IOException, DirectoryException {
        int version = json.integer();
        if (version != VERSION) {
            throw json.valueError("is " + version + ", but this version reads only " + KNOWN_VERSIONS);
        }
    }

    private Instant instant() throws IOException, DirectoryException {
        try {
            return Instant.parse(json.string(MAX_NAME_LENGTH));
        } catch (DateTimeException e) {
            throw json.valueError("must be a time such as \"2026-01-31T12:00:00Z\"");
        }
    }

    private void readDomain() throws IOException, DirectoryException {
        String[] fields = new String[2];
        json.object("mail_host, alias_domain", key -> {
            switch (key) {
                case "mail_host" -> fields[0] = json.string(MAX_NAME_LENGTH);
                case "alias_domain" ->
                    fields[1] = json.stringOrNull(MAX_NAME_LENGTH).orElse("");
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (fields[0] == null) {
            throw json.error("a domain needs \"mail_host\", as in {\"mail_host\": \"example.com\"}");
        }
        if (!mailHosts.add(fields[0])) {
            throw json.error("the domain " + JsonCursor.quoted(fields[0]) + " stands here twice; remove one");
        }
        domains.add(new Domain(fields[0], Optional.ofNullable(fields[1]).filter(alias -> !alias.isEmpty())));
    }

    private void readUser() throws IOException, DirectoryException {
        long user = users++;
        json.array(() -> snapshot.link(user, JsonListReader.address(json)));
    }

    /** Reads an array of addresses and patterns. */
    static Bans readBans(JsonCursor json) throws IOException, DirectoryException {
        Set<String> literals = new HashSet<>();
        List<String> patterns = new ArrayList<>();
        json.array(() -> {
            String ban = json.string(MAX_TEXT_LENGTH);
            if (ban.startsWith("^")) {
                patterns.add(ban);
            } else {
                literals.add(ban);
            }
        });
        return literals.isEmpty() && patterns.isEmpty() ? Bans.NONE : new Bans(literals, patterns);
    }
}
