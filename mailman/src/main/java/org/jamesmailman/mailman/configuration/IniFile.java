// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file of sections, keys and values as Mailman reads {@code mailman.cfg}: by Python's {@code RawConfigParser}, with
 * {@code :} or {@code =} between key and value, {@code #} or {@code ;} at the start of a comment line, and indented
 * lines that go on with the value. Immutable.
 */
final class IniFile {
    private final Map<String, Map<String, String>> sections;

    private IniFile(Map<String, Map<String, String>> sections) {
        this.sections = sections;
    }

    /**
     * Parses lines.
     *
     * @param name of the file, for messages
     * @throws SettingsException when a line is none of a section, a key or a value's further line
     */
    static IniFile parse(String name, List<String> lines) throws SettingsException {
        Parser parser = new Parser(name);
        for (String line : lines) {
            parser.add(line);
        }
        parser.endValue();
        return new IniFile(parser.sections);
    }

    /** The value of a key, its lines joined by line feeds, without blanks around it. */
    Optional<String> value(String section, String key) {
        return Optional.ofNullable(sections.get(section)).flatMap(keys -> Optional.ofNullable(keys.get(key)));
    }

    /** The sections whose names begin so. */
    List<String> sectionsStartingWith(String prefix) {
        return sections.keySet().stream()
                .filter(section -> section.startsWith(prefix))
                .toList();
    }

    private static final class Parser {
        private final Map<String, Map<String, String>> sections = new HashMap<>();
        private final String name;
        private int lineNumber;
        private Optional<Map<String, String>> section = Optional.empty();
        private Optional<String> key = Optional.empty();
        private final StringBuilder value = new StringBuilder();

        Parser(String name) {
            this.name = name;
        }

        void add(String line) throws SettingsException {
            lineNumber++;
            String text = line.strip();
            if (text.startsWith("#") || text.startsWith(";")) {
                return;
            }
            boolean goesOn = key.isPresent() && (text.isEmpty() || Character.isWhitespace(line.charAt(0)));
            if (goesOn) {
                value.append('\n').append(text);
            } else if (text.startsWith("[") && text.contains("]")) {
                endValue();
                section = Optional.of(
                        sections.computeIfAbsent(text.substring(1, text.indexOf(']')), absent -> new HashMap<>()));
            } else if (!text.isEmpty()) {
                startValue(text);
            }
        }

        private void startValue(String text) throws SettingsException {
            endValue();
            int colon = text.indexOf(':');
            int equals = text.indexOf('=');
            int delimiter = colon < 0 || (equals >= 0 && equals < colon) ? equals : colon;
            if (delimiter <= 0 || section.isEmpty()) {
                throw new SettingsException(name + ", line " + lineNumber
                        + ", is neither a section as [mta] nor, in a section, a key as lmtp_port: 8024: correct it");
            }
            key = Optional.of(text.substring(0, delimiter).strip().toLowerCase(Locale.ROOT));
            value.append(text.substring(delimiter + 1).strip());
        }

        void endValue() {
            if (key.isPresent() && section.isPresent()) {
                section.get().put(key.get(), value.toString().strip());
            }
            key = Optional.empty();
            value.setLength(0);
        }
    }
}
