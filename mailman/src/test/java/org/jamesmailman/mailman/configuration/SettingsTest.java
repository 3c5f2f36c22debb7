// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String EMBEDDED = "queue.directory=var/queue\ndirectory.file=conf/directory.json\n";

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("mailman.properties");
    }

    private Settings load(String text) throws IOException, SettingsException {
        return Settings.load(Files.writeString(file, text), directory, environment);
    }

    private void writeCfg() throws IOException {
        Files.writeString(directory.resolve("mailman.cfg"), """
                [mailman]
                layout: x
                site_owner: owner@example.com
                [paths.x]
                var_dir: /srv/mailman
                """);
    }

    @Test
    void derivesEverythingFromMailmanCfg() throws Exception {
        writeCfg();
        Settings settings = load("mailman.cfg=mailman.cfg");
        assertThat(settings.site().siteOwner()).isEqualTo("owner@example.com");
        assertThat(settings.queue())
                .isEqualTo(new Settings.Queue(
                        Path.of("/srv/mailman/queue"), false, Duration.ofHours(1), 50_000, 100 << 20));
        assertThat(settings.directory())
                .isEqualTo(new Settings.Source.Database("sqlite:////srv/mailman/data/mailman.db"));
    }

    @Test
    void hasDefaultsForTheRest() throws Exception {
        assertThat(load(EMBEDDED))
                .isEqualTo(new Settings(
                        SiteSettings.DEFAULTS,
                        new Settings.Queue(
                                directory.resolve("var/queue"), true, Duration.ofHours(1), 50_000, 100 << 20),
                        new Settings.Source.File(directory.resolve("conf/directory.json")),
                        Duration.ofMillis(500),
                        Duration.ofHours(1),
                        Optional.of(directory.resolve("var/mailman-directory.snapshot")),
                        PolicyMode.ENFORCE,
                        OnDiscard.DROP,
                        32 << 20,
                        false));
    }

    @Test
    void takesEveryKey() throws Exception {
        writeCfg();
        Settings settings = load("""
                mailman.cfg = mailman.cfg
                queue.directory: /q
                queue.retransmit-window=5m
                queue.high-water=7
                queue.min-free=1M
                directory.source=database
                directory.database.url=jdbc:sqlite:/a,b;c.db
                directory.refresh=2s
                directory.max-age=12h
                directory.snapshot=/s
                policy.mode=observe
                policy.on-discard=enqueue
                message.max-size=512K
                lmtp.other-recipients=james
                """);
        assertThat(settings.queue())
                .isEqualTo(new Settings.Queue(Path.of("/q"), false, Duration.ofMinutes(5), 7, 1 << 20));
        assertThat(settings.directory()).isEqualTo(new Settings.Source.Database("jdbc:sqlite:/a,b;c.db"));
        assertThat(settings.refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.maxAge()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.snapshot()).contains(Path.of("/s"));
        assertThat(settings.mode()).isEqualTo(PolicyMode.OBSERVE);
        assertThat(settings.onDiscard()).isEqualTo(OnDiscard.ENQUEUE);
        assertThat(settings.maxMessageSize()).isEqualTo(512 << 10);
        assertThat(settings.otherRecipientsToJames()).isTrue();
    }

    @Test
    void letsTheAgeBeWithoutLimitAndTheSnapshotUnsaved() throws Exception {
        Settings settings = load(EMBEDDED + "\ndirectory.max-age=0\ndirectory.snapshot=none");
        assertThat(settings.maxAge()).isEqualTo(Duration.ZERO);
        assertThat(settings.snapshot()).isEmpty();
    }

    @Test
    void prefersTheFileWhereItIsNamedAsTheSource() throws Exception {
        writeCfg();
        assertThat(load("mailman.cfg=mailman.cfg\ndirectory.source=file\ndirectory.file=/d.json")
                        .directory())
                .isEqualTo(new Settings.Source.File(Path.of("/d.json")));
    }

    @Test
    void takesADatabaseWithoutMailmanCfg() throws Exception {
        assertThat(load("queue.directory=/q\ndirectory.database.url=jdbc:sqlite:/m.db")
                        .directory())
                .isEqualTo(new Settings.Source.Database("jdbc:sqlite:/m.db"));
    }

    @Test
    void putsEnvironmentVariablesIntoValues() throws Exception {
        environment.put("SPOOL", "/var/spool");
        environment.put("NAME", "x${env:SPOOL}");
        Settings settings = load("""
                queue.directory=${env:SPOOL}/queue
                directory.file=/${env:NAME}-${env:NAME}/$HOME/${other}
                """);
        assertThat(settings.queue().directory()).isEqualTo(Path.of("/var/spool/queue"));
        assertThat(settings.directory())
                .isEqualTo(new Settings.Source.File(Path.of("/x${env:SPOOL}-x${env:SPOOL}/$HOME/${other}")));
    }

    @Test
    void doesNotTellTheDatabasesPassword() {
        assertThat(new Settings.Source.Database("postgresql://mailman:secret@localhost/mailman"))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void doesNotTellTheRestApisPassword() {
        assertThat(new Settings.Source.Rest(URI.create("http://h"), "restadmin", "secret", Optional.empty()))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void knowsFromMailmanCfgHowToGetAtTheRestApi() throws Exception {
        Files.writeString(directory.resolve("mailman.cfg"), """
                [mailman]
                layout: fhs
                [webservice]
                hostname: rest.example.com
                port: 9001
                use_https: yes
                admin_user: admin
                admin_pass: s:cret
                """);
        assertThat(load("mailman.cfg=mailman.cfg\ndirectory.source=rest").directory())
                .isEqualTo(new Settings.Source.Rest(
                        URI.create("https://rest.example.com:9001/"), "admin", "s:cret", Optional.empty()));
        assertThat(load("""
                        mailman.cfg=mailman.cfg
                        directory.source=rest
                        directory.rest.url=http://[::1]:8001
                        directory.rest.user=u
                        directory.rest.password=p
                        directory.rest.posting-chain=default-posting-chain
                        """).directory())
                .isEqualTo(new Settings.Source.Rest(
                        URI.create("http://[::1]:8001"), "u", "p", Optional.of("default-posting-chain")));
    }

    @Test
    void asksForTheRestApiWhereNothingNamesIt() {
        assertThatThrownBy(() -> load("queue.directory=/q\ndirectory.source=rest"))
                .hasMessageContaining(" has no directory.rest.url: set it");
        assertThatThrownBy(() -> load("queue.directory=/q\ndirectory.source=rest\ndirectory.rest.url=http://localhost"))
                .hasMessageContaining(" has no directory.rest.password: set it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8001", "ftp://h", "http://u:s3cr3t@h", "http://h?s3cr3t", "http://", "http://s3cr3t h"
            })
    void refusesWhatIsNoUrlOfAWebServer(String url) {
        assertThatThrownBy(() -> load("queue.directory=/q\ndirectory.source=rest\ndirectory.rest.password=p\n"
                        + "directory.rest.url=" + url))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("directory.rest.url is no URL of a web server: set it to one such as"
                        + " http://localhost:8001, without user and password")
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            directory.refresh=100ms       | 100
            directory.refresh=60s         | 60000
            directory.refresh=1m          | 60000
            directory.refresh = 1 s       | 1000
            """)
    void takesRefreshesInRange(String line, long millis) throws Exception {
        assertThat(load(EMBEDDED + line).refresh()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message.max-size=1024         | 1024
            message.max-size=1G           | 1073741824
            message.max-size=10M          | 10485760
            """)
    void takesSizesInRange(String line, long octets) throws Exception {
        assertThat(load(EMBEDDED + line).maxMessageSize()).isEqualTo(octets);
    }

    @Test
    void takesNoughtForMessagesOfAnySize() throws Exception {
        assertThat(load(EMBEDDED + "message.max-size=0").maxMessageSize()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            policy.modes=enforce           | has the unknown key "policy.modes": did you mean policy.mode? The keys are mailman.cfg, queue.directory,
            mailman.conf=/x                | has the unknown key "mailman.conf": did you mean mailman.cfg?
            policy.mode=enforced           | policy.mode is "enforced": set it to one of enforce, observe
            policy.on-discard=reject       | policy.on-discard is "reject": set it to one of drop, refuse, enqueue
            lmtp.other-recipients=accept   | lmtp.other-recipients is "accept": set it to one of refuse, james
            directory.source=ldap          | directory.source is "ldap": set it to one of database, file, rest
            directory.source=database      | has directory.file: it has no effect where directory.source is database, remove it or change that
            directory.database.url=jdbc:x  | has directory.database.url: it has no effect where directory.source is file, remove it or change that
            directory.source=rest          | has directory.file: it has no effect where directory.source is rest, remove it or change that
            directory.rest.user=u          | has directory.rest.user: it has no effect where directory.source is file
            directory.refresh=99ms         | directory.refresh is "99ms": set it to a time from 100ms to 60s, as 500ms or 1s
            directory.refresh=61s          | directory.refresh is "61s": set it to a time
            directory.refresh=500          | directory.refresh is "500": set it to a time
            directory.refresh=-1s          | directory.refresh is "-1s": set it to a time
            directory.refresh=999999999m   | directory.refresh is "999999999m": set it to a time
            directory.refresh=9999999999s  | directory.refresh is "9999999999s": set it to a time
            message.max-size=2G            | message.max-size is "2G": set it to a size up to 1G, as 500K or 32M, or to 0 for no limit of ours
            message.max-size=999999999G    | message.max-size is "999999999G": set it to a size
            message.max-size=10 apples     | message.max-size is "10 apples": set it to a size
            queue.directory=/other         | has the key "queue.directory" twice: remove one
            policy.mode=${env:MISSING}     | policy.mode names the environment variable MISSING, which is not set: set it
            policy.mode=${env:MISSING      | policy.mode has a ${env: without a variable's name and a closing brace behind it: write ${env:NAME}
            mailman.cfg=missing.cfg        | missing.cfg does not exist: create it, or correct its name
            """)
    void refusesWhatItCannotUseWithASentence(String line, String sentence) {
        assertThatThrownBy(() -> load(EMBEDDED + line))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(directory.toString())
                .hasMessageContaining(sentence);
    }

    @Test
    void asksForTheQueueWhereNothingNamesIt() {
        assertThatThrownBy(() -> load("directory.file=/d.json"))
                .hasMessage(file + " has no queue.directory: set it, or set mailman.cfg, which says it too");
    }

    @Test
    void asksForTheListsWhereNothingNamesThem() {
        assertThatThrownBy(() -> load("queue.directory=/q\ndirectory.source=file"))
                .hasMessageContaining(" has no directory.file: set it");
        assertThatThrownBy(() -> load("queue.directory=/q"))
                .hasMessageContaining(" has no directory.database.url: set it");
    }

    @Test
    void refusesAFileWithABrokenEscape() {
        assertThatThrownBy(() -> load("queue.directory=\\u00zz"))
                .hasMessage(file + " has a \\u that is not followed by four hexadecimal digits: correct it");
    }
}
