// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files as Mailman's own code, asked about the same files, reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailmanCfgTest {
    private static final String PATHS = """
            [mailman]
            layout: x
            [paths.x]
            var_dir: /srv/mailman
            """;

    @TempDir
    Path directory;

    private Path file;
    private Process mailman;
    private PrintStream questions;
    private BufferedReader answers;

    @BeforeAll
    void startMailman() throws IOException, URISyntaxException {
        Path script = Path.of(Objects.requireNonNull(MailmanCfgTest.class.getResource("mailman-cfg-oracle.py"))
                .toURI());
        mailman = new ProcessBuilder("/usr/bin/python3", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintStream(mailman.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = mailman.inputReader(StandardCharsets.US_ASCII);
    }

    @AfterAll
    void stopMailman() throws InterruptedException {
        questions.close();
        if (!mailman.waitFor(10, TimeUnit.SECONDS)) {
            mailman.destroyForcibly();
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("mailman.cfg");
    }

    private MailmanCfg read(String text) throws IOException, SettingsException {
        return MailmanCfg.read(Files.writeString(file, text), Map.of());
    }

    private String askMailman() throws IOException {
        questions.println(file);
        return answers.readLine();
    }

    private static List<String> fields(MailmanCfg cfg) throws SettingsException {
        return List.of(
                cfg.site().siteOwner(),
                String.join(" ", cfg.site().senderHeaders()),
                cfg.site().verpDelimiter(),
                String.join("\n", cfg.site().headerChecks()),
                cfg.site().jumpChain(),
                String.valueOf(cfg.site().pluginsEnabled()),
                cfg.queueDirectory().toString(),
                cfg.queueDirectory().resolve("in").toString(),
                cfg.databaseUrl());
    }

    private void assertReadAsByMailman(String text) throws Exception {
        MailmanCfg cfg = read(text);
        List<String> expected = Arrays.stream(askMailman().split("\t", -1))
                .map(field -> new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8))
                .toList();
        assertThat(fields(cfg)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Next to nothing.
                "",
                // Other delimiters, blanks, case of keys, comments of both kinds, an option without a value.
                """
                [mailman]
                Site_Owner =  Owner@Example.com
                # layout: y
                ; layout: z
                SENDER_HEADERS=X-From  From_
                  Reply-To
                [mta]
                lmtp_port = 8025
                verp_delimiter: ::1
                [archiver.prototype]
                enable: yes # kept
                """,
                // The last of two counts, and a section may go on later.
                """
                [mailman]
                site_owner: a@example.com
                site_owner: b@example.com
                [mta]
                verp_delimiter: one
                [mailman]
                noreply_address: c
                [mta]
                verp_delimiter: two
                """,
                // Header checks over several lines, with blank lines and comments in between.
                """
                [antispam]
                header_checks:
                    X-Spam: (yes|maybe)

                      X-Indented: deeper
                # a comment
                    : no name
                    nonsense
                jump_chain: discard
                """,
                "[antispam]\r\nheader_checks: X: 1\r\n  Y: 2\r\njump_chain: reject\r\n",
                "[antispam]\rheader_checks: X: 1\r  Y: 2\r",
                "[antispam]\nheader_checks: X: \u2028 Y: 2 \u000b Z: 3\n",
                // Variables, in braces and without, and dollars in the database's URL.
                """
                [paths.x]
                data_dir: ${var_dir}/my-data
                queue_dir: $data_dir/../q/${var_dir}
                """,
                """
                [paths.x]
                queue_dir: $log_dir/q
                log_dir: $cache_dir/log
                cache_dir: /c//d/./e/..
                [database]
                url: postgresql://mm:a$$b$DATA_DIR@h/db?$data_dir&${VAR_DIR}&$nothing&${site_email}
                """,
                "[database]\nurl: sqlite:///$DATA_DIR/other.db\n",
                // A default section reaches into those that are there, and only those.
                """
                [DEFAULT]
                site_owner: d@example.com
                verp_delimiter: from-default
                [mta]
                lmtp_port: 1
                """,
                // Plugins.
                "[plugin.a]\nclass: a.A\n",
                "[plugin.a]\nenabled: No\n[plugin.b]\nenabled: ON\n",
                "[plugin.master]\nenabled: yes\n",
                // What a schema says of masters, a configuration cannot.
                "[runner.master]\npath: /elsewhere\n[paths.master]\nqueue_dir: /elsewhere\n",
                "[runner.in]\npath: $VAR_DIR/queue/$name\n",
                "[runner.lmtp]\nstart: no\n[runner.out]\ninstances: 4\n",
                // Sections and keys that Mailman does not know are passed over.
                "[nonsense]\na: b\n[mta]\nnonsense: c\nverp_delimiter: d\n",
                // The whole file indented.
                "   [mta]\n   verp_delimiter: a\n     b\n   lmtp_port: 3\n",
                "[mta]\nverp_delimiter: a\n b\n  c\nlmtp_port: 3\n",
                "[mta]  behind\nverp_delimiter: [x]\n",
                "[mailman]\nsite_owner: j\u00f6rg@example.com\n",
            })
    void readsWhatMailmanReads(String text) throws Exception {
        assertReadAsByMailman(PATHS + text);
    }

    @Test
    void readsDebiansFile() throws Exception {
        assertReadAsByMailman("""
                [mailman]
                site_owner: changeme@example.com
                sender_headers: from from_ reply-to sender
                layout: debian
                listname_chars: [-_.0-9a-z]
                [shell]
                prompt: >>>
                [paths.debian]
                var_dir: /var/lib/mailman3
                queue_dir: $var_dir/queue
                bin_dir: /usr/lib/mailman3/bin
                lock_file: $lock_dir/master.lck
                [database]
                class: mailman.database.sqlite.SQLiteDatabase
                url: sqlite:///$DATA_DIR/mailman.db
                [logging.debian]
                format: %(asctime)s (%(process)d) %(message)s
                [mta]
                incoming: mailman.mta.postfix.LMTP
                lmtp_host: 127.0.0.1
                lmtp_port: 8024
                """);
        assertThat(read(Files.readString(file)).databaseUrl()).isEqualTo("sqlite:////var/lib/mailman3/data/mailman.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "dev", "fhs"})
    void knowsTheLayoutsThatComeWithMailman(String layout) throws Exception {
        assertReadAsByMailman("[mailman]\nlayout: " + layout + "\n");
    }

    @Test
    void readsTheFilesThatOneExtends() throws Exception {
        Files.createDirectory(directory.resolve("base"));
        Files.writeString(
                directory.resolve("base/bottom.cfg"), "[mta]\nverp_delimiter: bottom\nlmtp_port: 1\n" + PATHS);
        Files.writeString(
                directory.resolve("base/middle.cfg"),
                "[meta]\nextends: bottom.cfg\n[mta]\nverp_delimiter: middle\nverp_delimiter: ~\n");
        assertReadAsByMailman("[meta]\nextends: base/middle.cfg\n[mta]\nverp_delimiter: top\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site_owner: a@example.com\n",
                "[mailman]\nsite_owner\n",
                "[mailman]\n: a\n",
                "[]\n",
                "[mailman]\nlayout: missing\n",
                "[plugin.a]\nenabled: perhaps\n",
                "[paths.x]\nqueue_dir: $nothing/queue\n",
                "[paths.x]\nqueue_dir: $data_dir\ndata_dir: $queue_dir\n",
                "[paths.x]\nqueue_dir: a$b\n",
                "[meta]\nextends: missing.cfg\n",
            })
    void refusesWhatMailmanCannotUse(String text) throws Exception {
        String whole = text.contains("[paths.x]") ? PATHS + text : text + (text.contains("layout") ? "" : PATHS);
        assertThatThrownBy(() -> fields(read(whole)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(directory.toString());
        assertThat(askMailman()).startsWith("!");
    }

    @Test
    void takesTheVariableDirectoryFromTheEnvironmentAsMailmanDoes() throws Exception {
        MailmanCfg cfg = MailmanCfg.read(Files.writeString(file, PATHS), Map.of("MAILMAN_VAR_DIR", "/elsewhere"));
        assertThat(cfg.queueDirectory()).isEqualTo(Path.of("/elsewhere/queue"));
    }

    @Test
    void asksForAnAbsolutePathWhereMailmansWorkingDirectoryCounts() throws Exception {
        assertThatThrownBy(() -> read("[mailman]\nlayout: here\n").queueDirectory())
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ", section [paths.here]: queue_dir depends on how Mailman is started ($cwd, $argv):"
                        + " write an absolute path");
        assertThatThrownBy(() ->
                        read("[mailman]\nlayout: y\n[paths.y]\nvar_dir: var\n").databaseUrl())
                .hasMessage(file + ", section [paths.y]: data_dir is relative to the directory that Mailman is started"
                        + " in: write an absolute path");
    }

    @Test
    void readsTheRestWhereTheWorkingDirectoryCountsNot() throws Exception {
        MailmanCfg cfg = read("[mailman]\nlayout: here\n[database]\nurl: sqlite:////srv/mailman.db\n");
        assertThat(cfg.databaseUrl()).isEqualTo("sqlite:////srv/mailman.db");
        assertThat(cfg.site()).isEqualTo(SiteSettings.DEFAULTS);
    }

    @Test
    void refusesQueuesInDifferentPlaces() {
        assertThatThrownBy(() -> read(PATHS + "[runner.bounces]\npath: /elsewhere/bounces\n")
                        .queueDirectory())
                .hasMessage(
                        file + ", section [runner.bounces]: path puts this queue outside of /srv/mailman/queue, which"
                                + " is not supported: remove that line");
    }

    @Test
    void refusesAnEmptyVerpDelimiter() {
        assertThatThrownBy(() -> read(PATHS + "[mta]\nverp_delimiter:\n"))
                .hasMessage(file + ", section [mta]: verp_delimiter is empty: set it to \"+\"");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThatThrownBy(() -> read("[mta]\n\nnonsense\n"))
                .hasMessage(file + ", line 3 is neither a [section] nor \"key: value\"; mend it");
        assertThatThrownBy(() -> read("# comment\na: b\n"))
                .hasMessage(file + ", line 2 stands before the first [section]; put it into one");
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Files.write(file, new byte[] {'[', 'a', ']', '\n', (byte) 0xff});
        assertThatThrownBy(() -> MailmanCfg.read(file, Map.of())).hasMessage(file + " is not in UTF-8: convert it");
        assertThatThrownBy(() -> read("[a]\n\0")).hasMessage(file + " holds a NUL: it is no configuration file");
        assertThatThrownBy(() -> read("#".repeat((1 << 20) + 1)))
                .hasMessage(file + " is larger than 1 MiB: it is no configuration file");
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> MailmanCfg.read(file, Map.of()))
                .hasMessage(file + " does not exist: create it, or correct its name");
    }

    @Test
    void refusesAFileThatExtendsItself() {
        assertThatThrownBy(() -> read("[meta]\nextends: mailman.cfg\n" + PATHS))
                .hasMessageContaining("extends leads on over more than 8 files");
    }
}
