// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an admin sets: {@code mailman.properties}, and behind it {@code mailman.cfg}.
 *
 * @param site what Mailman's configuration says of the whole site
 * @param queue Mailman's queue
 * @param directory where the lists are read from
 * @param refresh how often the source of the lists is asked whether it has changed
 * @param maxAge for how long after the source's last word somebody may be refused for it; zero for ever
 * @param snapshot the file in which what is known of the lists is saved for the next start; empty: it is not saved
 * @param mode {@code policy.mode}
 * @param onDiscard {@code policy.on-discard}
 * @param maxMessageSize in octets; 0 for no limit
 * @param otherRecipientsToJames whether an address that is no list's is left to James's own handlers
 */
public record Settings(
        SiteSettings site,
        Queue queue,
        Source directory,
        Duration refresh,
        Duration maxAge,
        Optional<Path> snapshot,
        PolicyMode mode,
        OnDiscard onDiscard,
        long maxMessageSize,
        boolean otherRecipientsToJames) {

    private static final String DEFAULT_SNAPSHOT = "var/mailman-directory.snapshot";
    private static final String NO_SNAPSHOT = "none";

    /**
     * Mailman's queue.
     *
     * @param directory holds {@code in}, {@code command} and {@code bounces}
     * @param create whether missing directories are made: only where no {@code mailman.cfg} says that a Mailman makes
     *     them
     * @param retransmitWindow how long a message that comes again is known; zero: not at all
     * @param highWater how many entries may wait in each of the queues; 0 for no limit
     * @param minFree how many octets must be free on the disk
     */
    public record Queue(Path directory, boolean create, Duration retransmitWindow, int highWater, long minFree) {}

    /** Where the lists are read from. */
    public sealed interface Source {
        /** Mailman's database, by a JDBC URL or as in {@code mailman.cfg}; the URL may hold a password. */
        record Database(String url) implements Source {
            @Override
            public String toString() {
                return "Database";
            }
        }

        /** A JSON file. */
        record File(Path file) implements Source {}

        /**
         * Mailman's REST API.
         *
         * @param url without the API's version
         * @param postingChain the posting chain of every list, which the API does not tell; empty: not known
         */
        record Rest(URI url, String user, String password, Optional<String> postingChain) implements Source {
            @Override
            public String toString() {
                return "Rest";
            }
        }
    }

    /**
     * Reads the settings.
     *
     * @param properties {@code mailman.properties}
     * @param workingDirectory where relative paths start
     * @param environment for values that name a variable
     * @throws SettingsException when something is wrong with them
     */
    public static Settings load(Path properties, Path workingDirectory, Map<String, String> environment)
            throws SettingsException {
        SettingsFile file = SettingsFile.read(properties, environment);
        Optional<MailmanCfg> cfg = Optional.empty();
        Optional<Path> cfgFile = file.path(SettingsKey.MAILMAN_CFG, workingDirectory);
        if (cfgFile.isPresent()) {
            cfg = Optional.of(MailmanCfg.read(cfgFile.get(), environment));
        }
        return new Settings(
                cfg.map(MailmanCfg::site).orElse(SiteSettings.DEFAULTS),
                queue(file, cfg, workingDirectory),
                source(file, cfg, workingDirectory),
                file.duration(
                        SettingsKey.DIRECTORY_REFRESH,
                        Duration.ofMillis(500),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                file.durationOrZero(
                        SettingsKey.DIRECTORY_MAX_AGE,
                        Duration.ofHours(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(365)),
                snapshot(file, workingDirectory),
                file.oneOf(SettingsKey.POLICY_MODE, PolicyMode.class, PolicyMode.ENFORCE),
                file.oneOf(SettingsKey.POLICY_ON_DISCARD, OnDiscard.class, OnDiscard.DROP),
                file.size(SettingsKey.MESSAGE_MAX_SIZE, 32L << 20),
                file.oneOf(SettingsKey.LMTP_OTHER_RECIPIENTS, OtherRecipientsValue.class, OtherRecipientsValue.REFUSE)
                        == OtherRecipientsValue.JAMES);
    }

    private static Queue queue(SettingsFile file, Optional<MailmanCfg> cfg, Path workingDirectory)
            throws SettingsException {
        Optional<Path> given = file.path(SettingsKey.QUEUE_DIRECTORY, workingDirectory);
        if (given.isEmpty() && cfg.isEmpty()) {
            throw file.missing(SettingsKey.QUEUE_DIRECTORY);
        }
        return new Queue(
                given.isPresent() ? given.get() : cfg.get().queueDirectory(),
                cfg.isEmpty(),
                file.durationOrZero(
                        SettingsKey.QUEUE_RETRANSMIT_WINDOW,
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)),
                file.number(SettingsKey.QUEUE_HIGH_WATER, 50_000, 10_000_000),
                file.size(SettingsKey.QUEUE_MIN_FREE, 100L << 20));
    }

    private static Optional<Path> snapshot(SettingsFile file, Path workingDirectory) {
        return file.text(SettingsKey.DIRECTORY_SNAPSHOT)
                        .filter(NO_SNAPSHOT::equals)
                        .isPresent()
                ? Optional.empty()
                : file.path(SettingsKey.DIRECTORY_SNAPSHOT, workingDirectory)
                        .or(() -> Optional.of(
                                workingDirectory.resolve(DEFAULT_SNAPSHOT).normalize()));
    }

    private static Source source(SettingsFile file, Optional<MailmanCfg> cfg, Path workingDirectory)
            throws SettingsException {
        Optional<Path> json = file.path(SettingsKey.DIRECTORY_FILE, workingDirectory);
        SourceValue byDefault = cfg.isEmpty() && json.isPresent() ? SourceValue.FILE : SourceValue.DATABASE;
        SourceValue source = file.oneOf(SettingsKey.DIRECTORY_SOURCE, SourceValue.class, byDefault);
        for (SettingsKey key : SourceValue.KEYS.keySet()) {
            if (SourceValue.KEYS.get(key) != source) {
                file.refuse(
                        key,
                        "it has no effect where directory.source is "
                                + source.name().toLowerCase(Locale.ROOT));
            }
        }
        return switch (source) {
            case FILE -> new Source.File(json.orElseThrow(() -> file.missing(SettingsKey.DIRECTORY_FILE)));
            case DATABASE -> new Source.Database(databaseUrl(file, cfg));
            case REST -> rest(file, cfg);
        };
    }

    private static Source rest(SettingsFile file, Optional<MailmanCfg> cfg) throws SettingsException {
        Optional<String> url = file.text(SettingsKey.DIRECTORY_REST_URL);
        Optional<String> user = file.text(SettingsKey.DIRECTORY_REST_USER);
        Optional<String> password = file.text(SettingsKey.DIRECTORY_REST_PASSWORD);
        if (url.isEmpty() && cfg.isEmpty()) {
            throw file.missing(SettingsKey.DIRECTORY_REST_URL);
        }
        if (password.isEmpty() && cfg.isEmpty()) {
            throw file.missing(SettingsKey.DIRECTORY_REST_PASSWORD);
        }
        return new Source.Rest(
                url.isPresent()
                        ? file.httpUrl(SettingsKey.DIRECTORY_REST_URL)
                        : cfg.get().restUrl(),
                user.orElse(cfg.map(MailmanCfg::restUser).orElse("restadmin")),
                password.isPresent() ? password.get() : cfg.get().restPassword(),
                file.text(SettingsKey.DIRECTORY_REST_POSTING_CHAIN));
    }

    private static String databaseUrl(SettingsFile file, Optional<MailmanCfg> cfg) throws SettingsException {
        Optional<String> given = file.text(SettingsKey.DIRECTORY_DATABASE_URL);
        if (given.isEmpty() && cfg.isEmpty()) {
            throw file.missing(SettingsKey.DIRECTORY_DATABASE_URL);
        }
        return given.isPresent() ? given.get() : cfg.get().databaseUrl();
    }

    private enum SourceValue {
        DATABASE,
        FILE,
        REST;

        /** The keys that mean something for one source alone. */
        private static final Map<SettingsKey, SourceValue> KEYS = Map.of(
                SettingsKey.DIRECTORY_FILE, FILE,
                SettingsKey.DIRECTORY_DATABASE_URL, DATABASE,
                SettingsKey.DIRECTORY_REST_URL, REST,
                SettingsKey.DIRECTORY_REST_USER, REST,
                SettingsKey.DIRECTORY_REST_PASSWORD, REST,
                SettingsKey.DIRECTORY_REST_POSTING_CHAIN, REST);
    }

    private enum OtherRecipientsValue {
        REFUSE,
        JAMES
    }
}
