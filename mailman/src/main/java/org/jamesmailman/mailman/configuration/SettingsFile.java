// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code mailman.properties}, its keys known and its values read by their kinds. Immutable. */
final class SettingsFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final String VARIABLE_START = "${env:";
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,9})\\s*([A-Za-z]*)");
    private static final Map<String, Long> OCTETS = Map.of(
            "", 1L, "k", 1L << 10, "kib", 1L << 10, "m", 1L << 20, "mib", 1L << 20, "g", 1L << 30, "gib", 1L << 30);
    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** The largest message that a queue entry can hold (BINBYTES of Python's pickle), about. */
    private static final long MAX_MESSAGE_SIZE = 1L << 30;

    private final Path file;
    private final Map<String, String> values;

    private SettingsFile(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    static SettingsFile read(Path file, Map<String, String> environment) throws SettingsException {
        OnceOnly properties = new OnceOnly();
        try {
            properties.load(new StringReader(ConfigurationFile.read(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(
                    file + " has a \\u that is not followed by four hexadecimal digits: correct it", e);
        }
        if (properties.repeated.isPresent()) {
            throw new SettingsException(file + " has the key " + ConfigurationFile.quoted(properties.repeated.get())
                    + " twice: remove one");
        }
        Map<String, String> values = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            refuseUnknown(file, key);
            values.put(key, substitute(file, key, properties.getProperty(key).strip(), environment));
        }
        return new SettingsFile(file, values);
    }

    Optional<String> text(SettingsKey key) {
        return Optional.ofNullable(values.get(key.text())).filter(value -> !value.isEmpty());
    }

    Optional<Path> path(SettingsKey key, Path workingDirectory) {
        return text(key)
                .map(value -> workingDirectory.resolve(value).toAbsolutePath().normalize());
    }

    <E extends Enum<E>> E oneOf(SettingsKey key, Class<E> type, E byDefault) throws SettingsException {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value.get()))
                .findFirst()
                .orElseThrow(() -> wrong(key, "set it to one of " + names(type)));
    }

    Duration duration(SettingsKey key, Duration byDefault, Duration least, Duration most) throws SettingsException {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        String remedy = "set it to a time from " + inWords(least) + " to " + inWords(most) + ", as 500ms or 1s";
        Duration duration = Duration.ofMillis(quantity(key, value.get(), MILLISECONDS, remedy));
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw wrong(key, remedy);
        }
        return duration;
    }

    private static String inWords(Duration duration) {
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        return duration.toSeconds() == 0 ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
    }

    /** A duration, or zero for no limit. */
    Duration durationOrZero(SettingsKey key, Duration byDefault, Duration least, Duration most)
            throws SettingsException {
        Optional<String> value = text(key);
        return value.isPresent() && value.get().equals("0") ? Duration.ZERO : duration(key, byDefault, least, most);
    }

    long size(SettingsKey key, long byDefault) throws SettingsException {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        String remedy = "set it to a size up to 1G, as 500K or 32M, or to 0 for no limit of ours";
        long size = quantity(key, value.get(), OCTETS, remedy);
        if (size > MAX_MESSAGE_SIZE) {
            throw wrong(key, remedy);
        }
        return size;
    }

    /** A URL of a web server, which must be set. The error does not repeat it: it may hold a password. */
    URI httpUrl(SettingsKey key) throws SettingsException {
        try {
            URI url = new URI(values.getOrDefault(key.text(), ""));
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, without what stands in the message of this.
        }
        throw new SettingsException(file + ": " + key.text() + " is no URL of a web server: set it to one such as"
                + " http://localhost:8001, without user and password");
    }

    int number(SettingsKey key, int byDefault, int most) throws SettingsException {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        String remedy = "set it to a number up to " + most + ", or to 0 for no limit";
        long number = quantity(key, value.get(), Map.of("", 1L), remedy);
        if (number > most) {
            throw wrong(key, remedy);
        }
        return Math.toIntExact(number);
    }

    /** Refuses a key that is set all the same. */
    void refuse(SettingsKey key, String why) throws SettingsException {
        if (text(key).isPresent()) {
            throw new SettingsException(file + " has " + key.text() + ": " + why + ", remove it or change that");
        }
    }

    SettingsException missing(SettingsKey key) {
        return new SettingsException(
                file + " has no " + key.text() + ": set it, or set mailman.cfg, which says it too");
    }

    SettingsException wrong(SettingsKey key, String remedy) {
        return new SettingsException(
                file + ": " + key.text() + " is \"" + values.getOrDefault(key.text(), "") + "\": " + remedy);
    }

    private long quantity(SettingsKey key, String value, Map<String, Long> units, String remedy)
            throws SettingsException {
        Matcher quantity = QUANTITY.matcher(value);
        Optional<Long> unit = quantity.matches()
                ? Optional.ofNullable(units.get(quantity.group(2).toLowerCase(Locale.ROOT)))
                : Optional.empty();
        return Math.multiplyExact(Long.parseLong(unit.isPresent() ? quantity.group(1) : "0"), (long)
                unit.orElseThrow(() -> wrong(key, remedy)));
    }

    private static void refuseUnknown(Path file, String key) throws SettingsException {
        SettingsKey nearest = Collections.min(
                Arrays.asList(SettingsKey.values()),
                Comparator.comparingInt(known -> EditDistance.between(key, known.text())));
        if (!nearest.text().equals(key)) {
            String known =
                    Arrays.stream(SettingsKey.values()).map(SettingsKey::text).collect(Collectors.joining(", "));
            throw new SettingsException(file + " has the unknown key " + ConfigurationFile.quoted(key)
                    + ": did you mean " + nearest.text() + "? The keys are " + known);
        }
    }

    private static String substitute(Path file, String key, String value, Map<String, String> environment)
            throws SettingsException {
        Matcher variable = VARIABLE.matcher(value);
        StringBuilder substituted = new StringBuilder();
        while (variable.find()) {
            Optional<String> found = Optional.ofNullable(environment.get(variable.group(1)));
            variable.appendReplacement(
                    substituted,
                    Matcher.quoteReplacement(found.orElseThrow(() -> new SettingsException(file + ": " + key
                            + " names the environment variable " + variable.group(1)
                            + ", which is not set: set it for this server, or write the value"))));
        }
        String rest = variable.appendTail(new StringBuilder()).toString();
        if (rest.contains(VARIABLE_START)) {
            throw new SettingsException(file + ": " + key
                    + " has a ${env: without a variable's name and a closing brace" + " behind it: write ${env:NAME}");
        }
        return substituted.append(rest).toString();
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Notices a key that stands there twice; Java's class takes the last without a word. */
    private static final class OnceOnly extends Properties {
        private static final long serialVersionUID = 1L;

        private transient Optional<String> repeated = Optional.empty();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                repeated = Optional.of(key.toString());
            }
            return super.put(key, value);
        }
    }
}
