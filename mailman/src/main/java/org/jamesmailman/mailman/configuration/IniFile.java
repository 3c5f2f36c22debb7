// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An INI file as Python's {@code configparser.RawConfigParser(strict=False)} reads it, which is what Mailman's
 * configuration comes through.
 *
 * <p>A key ends at the first {@code =} or {@code :}; keys are lower-cased, section names are not. A line that is
 * indented deeper than its key goes on with the value. A line that starts with {@code #} or {@code ;} is a comment,
 * wherever it stands; there are none behind a value. Of a section or key that stands there twice, the last counts. What
 * is in {@code [DEFAULT]} holds in every section of the file. Immutable.
 */
final class IniFile {
    private static final String DEFAULT_SECTION = "DEFAULT";

    private final Map<String, Map<String, String>> sections;

    private IniFile(Map<String, Map<String, String>> sections) {
        this.sections = sections;
    }

    /**
     * Parses a text.
     *
     * @param file what the text is called in messages
     */
    static IniFile parse(String file, String text) throws SettingsException {
        return new Parser(file).parse(text);
    }

    /** The value of a key, if the section is in this file and has it. */
    Optional<String> value(String section, String key) {
        if (!sections.containsKey(section)) {
            return Optional.empty();
        }
        String own = sections.get(section).get(key);
        return Optional.ofNullable(
                own != null
                        ? own
                        : sections.getOrDefault(DEFAULT_SECTION, Map.of()).get(key));
    }

    /** The names of the sections, {@code [DEFAULT]} aside, in their order. */
    Set<String> sectionNames() {
        Set<String> names = new java.util.LinkedHashSet<>(sections.keySet());
        names.remove(DEFAULT_SECTION);
        return names;
    }

    private static final class Parser {
        private final String file;
        private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
        private Map<String, List<String>> section = Map.of();
        private Optional<List<String>> value = Optional.empty();
        private int keyIndent;
        private int lineNumber;

        Parser(String file) {
            this.file = file;
        }

        IniFile parse(String text) throws SettingsException {
            // Python reads a text file with all line ends as \n.
            for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
                lineNumber++;
                read(line);
            }
            Map<String, Map<String, String>> joined = new LinkedHashMap<>();
            sections.forEach((name, keys) -> {
                Map<String, String> values = new LinkedHashMap<>();
                keys.forEach(
                        (key, lines) -> values.put(key, String.join("\n", lines).stripTrailing()));
                joined.put(name, values);
            });
            return new IniFile(joined);
        }

        private void read(String line) throws SettingsException {
            String content = line.strip();
            if (content.startsWith("#") || content.startsWith(";")) {
                return;
            }
            if (content.isEmpty()) {
                value.ifPresent(lines -> lines.add(""));
                return;
            }
            int indent = line.indexOf(content);
            if (value.isPresent() && indent > keyIndent) {
                value.get().add(content);
                return;
            }
            keyIndent = indent;
            int bracket = content.lastIndexOf(']');
            if (content.startsWith("[") && bracket > 1) {
                section = sections.computeIfAbsent(content.substring(1, bracket), name -> new LinkedHashMap<>());
                value = Optional.empty();
            } else {
                readKey(content);
            }
        }

        private void readKey(String content) throws SettingsException {
            if (sections.isEmpty()) {
                throw error("stands before the first [section]; put it into one");
            }
            int end = 0;
            while (end < content.length() && content.charAt(end) != '=' && content.charAt(end) != ':') {
                end++;
            }
            String key = content.substring(0, end).strip().toLowerCase(Locale.ROOT);
            if (key.isEmpty() || end == content.length()) {
                throw error("is neither a [section] nor \"key: value\"; mend it");
            }
            List<String> lines = new ArrayList<>();
            lines.add(content.substring(end + 1).strip());
            section.put(key, lines);
            value = Optional.of(lines);
        }

        private SettingsException error(String what) {
            return new SettingsException(file + ", line " + lineNumber + ' ' + what);
        }
    }
}
