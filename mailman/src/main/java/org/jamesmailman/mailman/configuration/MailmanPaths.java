// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Mailman's directories: the {@code [paths.*]} section that {@code [mailman] layout} names, its variables expanded.
 *
 * <p>Source: {@code _expand_paths} in Mailman's {@code config/config.py}; the defaults are those of
 * {@code config/schema.cfg} and {@code config/mailman.cfg}. What depends on the directory that Mailman is started in
 * cannot be known here, and is an error when it is asked for.
 */
final class MailmanPaths {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_LENGTH = 4_096;
    private static final String DIRECTORY_SUFFIX = "_DIR";

    /** {@code [paths.master]} of schema.cfg. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("var_dir", "/var/tmp/mailman"),
            Map.entry("queue_dir", "$var_dir/queue"),
            Map.entry("bin_dir", "$argv"),
            Map.entry("list_data_dir", "$var_dir/lists"),
            Map.entry("log_dir", "$var_dir/logs"),
            Map.entry("lock_dir", "$var_dir/locks"),
            Map.entry("data_dir", "$var_dir/data"),
            Map.entry("cache_dir", "$var_dir/cache"),
            Map.entry("etc_dir", "$var_dir/etc"),
            Map.entry("messages_dir", "$var_dir/messages"),
            Map.entry("archive_dir", "$var_dir/archives"),
            Map.entry("template_dir", "$var_dir/templates"),
            Map.entry("pid_file", "$var_dir/master.pid"),
            Map.entry("lock_file", "$lock_dir/master.lck"));

    /** The layouts that come with Mailman. */
    private static final Map<String, Map<String, String>> LAYOUTS = Map.of(
            "paths.local", Map.of(),
            "paths.dev", Map.of("var_dir", "$cfg_file/../.."),
            "paths.here", Map.of("var_dir", "$cwd/var"),
            "paths.fhs",
                    Map.of(
                            "bin_dir", "/sbin",
                            "var_dir", "/var/lib/mailman",
                            "queue_dir", "/var/spool/mailman",
                            "log_dir", "/var/log/mailman",
                            "lock_dir", "/var/lock/mailman",
                            "etc_dir", "/etc",
                            "pid_file", "/var/run/mailman/master.pid"));

    private final Path file;
    private final String section;
    private final Map<String, String> values;

    /**
     * @param file mailman.cfg, for messages and for {@code $cfg_file}
     * @param environment of which {@code MAILMAN_VAR_DIR} counts, as for Mailman
     */
    MailmanPaths(Path file, CfgLayers layers, Map<String, String> environment) throws SettingsException {
        this.file = file;
        this.section = "paths." + layers.value("mailman", "layout").orElse("here");
        if (!LAYOUTS.containsKey(section) && !layers.hasSection(section)) {
            throw new SettingsException(file + " has no section [" + section
                    + "], which [mailman] layout names: add it, or correct the layout");
        }
        this.values = new HashMap<>(DEFAULTS);
        values.putAll(LAYOUTS.getOrDefault(section, Map.of()));
        for (String key : DEFAULTS.keySet()) {
            layers.value(section, key).ifPresent(value -> values.put(key, value));
        }
        Optional.ofNullable(environment.get("MAILMAN_VAR_DIR")).ifPresent(value -> values.put("var_dir", value));
        values.put("cfg_file", file.toAbsolutePath().toString());
    }

    /**
     * One of Mailman's directories.
     *
     * @param key as {@code queue_dir}
     * @throws SettingsException when it cannot be known
     */
    Path directory(String key) throws SettingsException {
        String expanded = expand(values.get(key), key);
        if (!expanded.startsWith("/")) {
            throw error(key, "is relative to the directory that Mailman is started in: write an absolute path");
        }
        try {
            return Path.of(expanded).normalize();
        } catch (InvalidPathException e) {
            throw error(key, "is no path: correct it");
        }
    }

    /**
     * Replaces {@code $QUEUE_DIR} and the like in a value of another section, as Mailman does there.
     *
     * @param more further variables
     */
    String substitute(String template, Map<String, String> more) throws SettingsException {
        Map<String, String> all = new HashMap<>(more);
        for (String key : DEFAULTS.keySet()) {
            String name = key.toUpperCase(Locale.ROOT);
            if (name.endsWith(DIRECTORY_SUFFIX) && template.contains(name)) {
                all.put(name, directory(key).toString());
            }
        }
        return PathTemplate.substitute(template, name -> Optional.ofNullable(all.get(name)));
    }

    private String expand(String value, String key) throws SettingsException {
        String expanded = value;
        for (int depth = 0; expanded.indexOf('$') >= 0; depth++) {
            String before = expanded;
            expanded = PathTemplate.substitute(before, name -> Optional.ofNullable(values.get(name)));
            if (expanded.equals(before) || depth == MAX_DEPTH || expanded.length() > MAX_LENGTH) {
                boolean isOfProcess = expanded.contains("$cwd") || expanded.contains("$argv");
                throw error(
                        key,
                        isOfProcess
                                ? "depends on how Mailman is started ($cwd, $argv): write an absolute path"
                                : "has a $variable that leads to no path: correct it");
            }
        }
        return expanded;
    }

    private SettingsException error(String key, String what) {
        return new SettingsException(file + ", section [" + section + "]: " + key + ' ' + what);
    }
}
