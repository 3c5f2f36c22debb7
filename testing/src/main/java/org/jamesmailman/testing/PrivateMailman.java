// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A real Mailman 3 of Debian's package, in a folder and on ports of its own, its REST API always on. It runs as the
 * user {@code list}, so the tests must run as root.
 *
 * <p>Not thread-safe.
 */
public final class PrivateMailman implements AutoCloseable {
    private final TemporaryFolder folder;
    private final MailmanSite site;
    private final Builder settings;
    private final MailmanRest rest;
    private RunningProgram master;

    private PrivateMailman(TemporaryFolder folder, Builder settings) {
        this.folder = folder;
        this.settings = settings;
        this.site = new MailmanSite(folder.path());
        this.rest = new MailmanRest(settings.restPort, site::logs);
        settings.writeTo(site);
        this.master = launch();
    }

    /** What is to run: at first just REST, over SQLite. */
    public static Builder builder() {
        return new Builder();
    }

    /** Its files, and the commands that work on them. */
    public MailmanSite site() {
        return site;
    }

    /** Its administrator's interface. */
    public MailmanRest rest() {
        return rest;
    }

    /** {@code [mta] lmtp_port}: where its LMTP runner listens, or where the one that takes its place has to. */
    public int lmtpPort() {
        return settings.lmtpPort;
    }

    /** The process id of its master. */
    public long pid() {
        return master.pid();
    }

    /** Ends it, its files stay. */
    public void stop() {
        master.close();
    }

    /** Starts it again over the files that it left. */
    public void start() {
        master = launch();
    }

    @Override
    public void close() {
        master.close();
        folder.close();
    }

    private RunningProgram launch() {
        Path output = site.directory().resolve("master.out");
        RunningProgram program =
                site.program("master").with(List.of("--force")).asMailman().start(output);
        try {
            Await.until("Mailman's REST API", () -> rest.answers() || !program.isAlive());
            if (settings.runners.contains(Runner.LMTP)) {
                Await.until("Mailman's LMTP runner", () -> greets() || !program.isAlive());
            }
            if (!program.isAlive()) {
                throw new AssertionError("Mailman ended with " + program.awaitExit());
            }
            return program;
        } catch (AssertionError e) {
            program.close();
            throw new AssertionError(e.getMessage() + "\n" + program.output() + site.logs(), e);
        }
    }

    private boolean greets() {
        try (WireClient client = WireClient.connect(settings.lmtpPort)) {
            client.expect("220").send("QUIT").expect("221");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Chooses what runs and how. Not thread-safe. */
    public static final class Builder {
        /** Regular expressions need no {@code postmap}, but Mailman wants to know one. */
        private static final String POSTFIX_CONFIGURATION =
                "[postfix]\npostmap_command: /usr/sbin/postmap\ntransport_file_type: regex\n";

        private final MailmanConfiguration configuration = new MailmanConfiguration();
        private final Set<Runner> runners = EnumSet.of(Runner.REST);
        private final int restPort = FreePorts.next();
        private int lmtpPort = FreePorts.next();

        private Builder() {}

        /** Runs these too. The fewer, the sooner it is up and the less memory it takes. */
        public Builder runners(Runner... more) {
            return runners(Set.copyOf(Arrays.asList(more)));
        }

        /** Runs these too. The fewer, the sooner it is up and the less memory it takes. */
        public Builder runners(Set<Runner> more) {
            runners.addAll(more);
            return this;
        }

        /** Where to send outgoing mail, on this machine. Without it, outgoing mail finds nobody. */
        public Builder smtpPort(int port) {
            return setting("mta", "smtp_port", Integer.toString(port));
        }

        /** {@code [mta] lmtp_port}; a free one where it is not given. */
        public Builder lmtpPort(int port) {
            lmtpPort = port;
            return this;
        }

        /** Mailman's own URL of a database, in place of SQLite. */
        public Builder database(String url) {
            return setting("database", "url", url);
        }

        /**
         * Lets Mailman write its maps for Postfix into {@link MailmanSite#dataDirectory()} whenever a list is made, all
         * of them {@code regexp} tables: {@code postfix_lmtp} for {@code transport_maps}, {@code postfix_domains} for
         * {@code relay_domains} and, only while a domain has an alias, {@code postfix_vmap} for
         * {@code virtual_alias_maps}. Of a domain with an alias, Postfix then hands over the alias's addresses.
         */
        public Builder postfixMaps() {
            return setting("mta", "incoming", "mailman.mta.postfix.LMTP");
        }

        /** Any setting of {@code mailman.cfg}; for {@code [paths.x]} the section is {@code paths.x}. */
        public Builder setting(String section, String key, String value) {
            configuration.set(section, key, value);
            return this;
        }

        /**
         * Starts it and returns when REST answers, and LMTP where it was asked for.
         *
         * @throws IllegalStateException when we are not root, or Mailman is not installed
         * @throws AssertionError with Mailman's logs, when it does not come up
         */
        public PrivateMailman start() {
            Account.requireRoot();
            Program.requireInstalled(MailmanSite.programs().resolve("master"), "mailman3");
            TemporaryFolder folder = TemporaryFolder.create("mailman");
            try {
                return new PrivateMailman(folder, this);
            } catch (RuntimeException | Error e) {
                folder.close();
                throw e;
            }
        }

        private void writeTo(MailmanSite site) {
            write(site.postfixConfigurationFile(), POSTFIX_CONFIGURATION);
            write(
                    site.configurationFile(),
                    MailmanConfiguration.privateTo(site, runners, restPort, lmtpPort)
                            .overriddenBy(configuration)
                            .text());
            Account.MAILMAN.own(site.directory());
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
            Account.MAILMAN.own(file);
        }
    }
}
