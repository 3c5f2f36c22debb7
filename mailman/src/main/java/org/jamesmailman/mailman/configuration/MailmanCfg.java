// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code mailman.cfg}, read as Mailman 3.3.8 reads it: what is not in the file is as in Mailman's {@code schema.cfg}.
 *
 * <p>Nothing but what this project needs is looked at; the rest is Mailman's business. Immutable.
 */
public final class MailmanCfg {
    private static final String DATABASE_URL = "sqlite:///$DATA_DIR/mailman.db";
    private static final String RUNNER_PATH = "$QUEUE_DIR/$name";

    /** The queues that mail is put into. */
    private static final List<String> QUEUES = List.of("in", "command", "bounces");

    private static final Set<String> TRUE = Set.of("true", "yes", "1", "on", "enabled", "enable");
    private static final Set<String> FALSE = Set.of("false", "no", "0", "off", "disabled", "disable");

    private final Path file;
    private final CfgLayers layers;
    private final MailmanPaths paths;
    private final SiteSettings site;

    private MailmanCfg(Path file, CfgLayers layers, MailmanPaths paths) throws SettingsException {
        this.file = file;
        this.layers = layers;
        this.paths = paths;
        this.site = readSite();
    }

    /**
     * Reads a file.
     *
     * @param environment of which {@code MAILMAN_VAR_DIR} counts, as for Mailman
     * @throws SettingsException when the file cannot be read, or Mailman itself would stumble over it
     */
    public static MailmanCfg read(Path file, Map<String, String> environment) throws SettingsException {
        CfgLayers layers = CfgLayers.read(file);
        return new MailmanCfg(file, layers, new MailmanPaths(file, layers, environment));
    }

    /** What holds for the whole site. */
    public SiteSettings site() {
        return site;
    }

    /**
     * The directory that holds Mailman's queues.
     *
     * @throws SettingsException when it depends on how Mailman is started, or the queues do not lie in one directory
     */
    public Path queueDirectory() throws SettingsException {
        Path directory = paths.directory("queue_dir");
        for (String queue : QUEUES) {
            String template = value("runner." + queue, "path", RUNNER_PATH);
            String path = paths.substitute(template, Map.of("name", queue));
            if (!Path.of(path).normalize().equals(directory.resolve(queue))) {
                throw error(
                        "runner." + queue,
                        "path puts this queue outside of " + directory + ", which is not supported: remove that line");
            }
        }
        return directory;
    }

    /**
     * The database's URL, which is SQLAlchemy's and may hold a password.
     *
     * @throws SettingsException when it depends on how Mailman is started
     */
    public String databaseUrl() throws SettingsException {
        return paths.substitute(value("database", "url", DATABASE_URL), Map.of("site_email", site.siteOwner()));
    }

    /**
     * Where Mailman's REST API listens, as {@code http://localhost:8001}.
     *
     * @throws SettingsException when Mailman itself would stumble over it
     */
    public URI restUrl() throws SettingsException {
        String scheme = isTrue("webservice", "use_https", value("webservice", "use_https", "no")) ? "https" : "http";
        String host = value("webservice", "hostname", "localhost");
        String port = value("webservice", "port", "8001");
        try {
            return new URI(scheme, null, host, Integer.parseInt(port), "/", null, null);
        } catch (URISyntaxException | NumberFormatException e) {
            throw error("webservice", "hostname and port are no address: correct them");
        }
    }

    /** {@code [webservice] admin_user}. */
    public String restUser() {
        return value("webservice", "admin_user", "restadmin");
    }

    /** {@code [webservice] admin_pass}. */
    public String restPassword() {
        return value("webservice", "admin_pass", "restpass");
    }

    private SiteSettings readSite() throws SettingsException {
        String delimiter = value("mta", "verp_delimiter", SiteSettings.DEFAULTS.verpDelimiter());
        if (delimiter.isEmpty()) {
            throw error("mta", "verp_delimiter is empty: set it to \"+\"");
        }
        String senderHeaders =
                value("mailman", "sender_headers", String.join(" ", SiteSettings.DEFAULTS.senderHeaders()));
        return new SiteSettings(
                value("mailman", "site_owner", SiteSettings.DEFAULTS.siteOwner()),
                Arrays.stream(senderHeaders.toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                delimiter,
                lines(value("antispam", "header_checks", "")),
                value("antispam", "jump_chain", SiteSettings.DEFAULTS.jumpChain()),
                anyPluginIsEnabled());
    }

    /** The lines as Python's {@code splitlines} has them; those in between that are empty are kept, as they count. */
    private static List<String> lines(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\\R|[\\x1c-\\x1e]"));
    }

    private boolean anyPluginIsEnabled() throws SettingsException {
        boolean any = false;
        for (String section : layers.sectionNames()) {
            any |= section.startsWith("plugin") && isTrue(section, "enabled", value(section, "enabled", "no"));
        }
        return any;
    }

    private boolean isTrue(String section, String key, String value) throws SettingsException {
        String lowered = value.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(lowered) && !FALSE.contains(lowered)) {
            throw error(section, key + " must be \"yes\" or \"no\", not " + ConfigurationFile.quoted(value));
        }
        return TRUE.contains(lowered);
    }

    private String value(String section, String key, String defaultValue) {
        return layers.value(section, key).orElse(defaultValue);
    }

    private SettingsException error(String section, String what) {
        return new SettingsException(file + ", section [" + section + "]: " + what);
    }
}
