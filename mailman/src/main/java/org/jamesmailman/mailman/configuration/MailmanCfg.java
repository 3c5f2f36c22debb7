// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What we need of Mailman's own configuration.
 *
 * <p>Where {@code mailman.cfg} is silent, Mailman's {@code config/schema.cfg} and {@code config/mailman.cfg} speak;
 * paths are expanded as {@code _expand_paths} in its {@code config/config.py} does.
 *
 * @param site the settings of the whole site
 * @param queueDirectory the directory that holds {@code in}, {@code command} and {@code bounces}
 * @param databaseUrl {@code [database] url}, expanded; it may hold a password
 */
public record MailmanCfg(SiteSettings site, Path queueDirectory, String databaseUrl) {
    private static final long MAX_SIZE = 1 << 20;

    /** {@code DIR_NAMES} of Mailman's {@code config/config.py}, with the defaults of {@code [paths.master]}. */
    private static final Map<String, String> DIRECTORY_DEFAULTS = Map.ofEntries(
            Map.entry("queue_dir", "$var_dir/queue"),
            Map.entry("list_data_dir", "$var_dir/lists"),
            Map.entry("log_dir", "$var_dir/logs"),
            Map.entry("lock_dir", "$var_dir/locks"),
            Map.entry("data_dir", "$var_dir/data"),
            Map.entry("cache_dir", "$var_dir/cache"),
            Map.entry("etc_dir", "$var_dir/etc"),
            Map.entry("ext_dir", "$var_dir/ext"),
            Map.entry("messages_dir", "$var_dir/messages"),
            Map.entry("archive_dir", "$var_dir/archives"),
            Map.entry("template_dir", "$var_dir/templates"));

    /** The layouts that Mailman brings, in its own {@code config/mailman.cfg}. */
    private static final Map<String, String> VAR_DIRECTORY_OF_LAYOUT = Map.of(
            "here", "$cwd/var",
            "dev", "$cfg_file/../..",
            "fhs", "/var/lib/mailman");

    /**
     * Reads Mailman's configuration.
     *
     * @param file {@code mailman.cfg}
     * @param environment of the process: {@code MAILMAN_VAR_DIR} counts
     * @throws SettingsException when it cannot be read, or what it says cannot be
     */
    public static MailmanCfg read(Path file, Map<String, String> environment) throws SettingsException {
        IniFile ini = IniFile.parse(file.toString(), lines(file));
        Map<String, String> directories = directories(ini, file, environment);
        String url = ini.value("database", "url").orElse("sqlite:///$DATA_DIR/mailman.db");
        Map<String, String> upperCase = new HashMap<>();
        directories.forEach((name, value) -> upperCase.put(name.toUpperCase(Locale.ROOT), value));
        return new MailmanCfg(
                site(ini), Path.of(directories.get("queue_dir")).normalize(), Substitution.repeatedly(url, upperCase));
    }

    private static List<String> lines(Path file) throws SettingsException {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new SettingsException(file + " is larger than 1 MiB: set mailman.cfg in mailman.properties to"
                        + " Mailman's configuration file");
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new SettingsException(
                    file + " does not exist: set mailman.cfg in mailman.properties to Mailman's configuration file", e);
        } catch (MalformedInputException e) {
            throw new SettingsException(file + " is not UTF-8: Mailman could not read it either, correct it", e);
        } catch (IOException e) {
            throw new SettingsException(
                    file + " cannot be read by user " + System.getProperty("user.name") + " (" + e.getMessage()
                            + "): let that user read it, by adding it to the file's group",
                    e);
        }
    }

    private static Map<String, String> directories(IniFile ini, Path file, Map<String, String> environment)
            throws SettingsException {
        String layout = ini.value("mailman", "layout").orElse("here");
        String section = "paths." + layout;
        boolean isKnown = VAR_DIRECTORY_OF_LAYOUT.containsKey(layout)
                || !ini.sectionsStartingWith(section).isEmpty();
        if (!isKnown) {
            throw new SettingsException(file + " has the layout " + layout + " and no section [" + section
                    + "]: add it, or correct [mailman] layout");
        }
        Map<String, String> values = new HashMap<>();
        DIRECTORY_DEFAULTS.forEach(
                (name, value) -> values.put(name, ini.value(section, name).orElse(ofLayout(layout, name, value))));
        String varDirectory =
                ini.value(section, "var_dir").orElse(VAR_DIRECTORY_OF_LAYOUT.getOrDefault(layout, "/var/tmp/mailman"));
        values.put("var_dir", environment.getOrDefault("MAILMAN_VAR_DIR", varDirectory));
        values.put("cwd", Path.of("").toAbsolutePath().toString());
        values.put("cfg_file", file.toString());
        Map<String, String> expanded = new HashMap<>();
        values.forEach((name, value) -> expanded.put(
                name,
                Path.of(Substitution.repeatedly(value, values))
                        .toAbsolutePath()
                        .normalize()
                        .toString()));
        return expanded;
    }

    private static String ofLayout(String layout, String name, String otherwise) {
        return layout.equals("fhs") && name.equals("queue_dir") ? "/var/spool/mailman" : otherwise;
    }

    private static SiteSettings site(IniFile ini) {
        SiteSettings defaults = SiteSettings.DEFAULTS;
        return new SiteSettings(
                ini.value("mailman", "site_owner").orElse(defaults.siteOwner()),
                ini.value("mailman", "sender_headers")
                        .map(value -> Arrays.stream(
                                        value.toLowerCase(Locale.ROOT).split("\\s+"))
                                .filter(word -> !word.isEmpty())
                                .toList())
                        .orElse(defaults.senderHeaders()),
                ini.value("mta", "verp_delimiter").orElse(defaults.verpDelimiter()),
                ini.value("antispam", "header_checks")
                        .map(value ->
                                value.lines().filter(line -> !line.isBlank()).toList())
                        .orElse(defaults.headerChecks()),
                ini.value("antispam", "jump_chain").orElse(defaults.jumpChain()),
                hasPlugins(ini));
    }

    private static boolean hasPlugins(IniFile ini) {
        return ini.sectionsStartingWith("plugin.").stream()
                .flatMap(section -> ini.value(section, "enabled").stream())
                .anyMatch(MailmanCfg::isTrue);
    }

    /** What {@code lazr.config.as_boolean} takes for true. */
    private static boolean isTrue(String value) {
        return List.of("true", "yes", "1", "on", "enabled", "enable").contains(value.toLowerCase(Locale.ROOT));
    }
}
