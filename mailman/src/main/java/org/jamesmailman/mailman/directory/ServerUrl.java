// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * The URL of a database on a server: SQLAlchemy's ({@code postgresql+psycopg2://user:password@host:5432/mailman}), as
 * in {@code mailman.cfg}, or a JDBC URL ({@code jdbc:postgresql://host:5432/mailman?user=...&password=...}).
 *
 * <p>Source of the first: {@code _parse_url} in SQLAlchemy's {@code engine/url.py}.
 *
 * @param isJdbc whether it is a JDBC URL, whose options are the driver's own
 * @param scheme the kind of database, in lower case, without {@code +} and what Python uses to talk to it
 * @param authority host and port, as they stand in the URL; empty: the local machine
 * @param database its name; may be empty
 * @param options what follows the question mark, percent-decoded, but for the user and the password of a JDBC URL
 */
record ServerUrl(
        boolean isJdbc,
        String scheme,
        String authority,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> options) {

    private static final String JDBC = "jdbc:";
    private static final int MAX_QUOTED = 200;
    private static final Pattern URL = Pattern.compile("(?<scheme>\\w+)(?:\\+\\w+)?://"
            + "(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?"
            + "(?<authority>[^/?@]*)(?:/(?<database>[^?]*))?(?:\\?(?<options>.*))?");

    ServerUrl {
        options = Map.copyOf(options);
    }

    /** The parts of a URL; empty when it has not that form. */
    static Optional<ServerUrl> parse(String url) {
        boolean isJdbc = url.startsWith(JDBC);
        Matcher parts = URL.matcher(isJdbc ? url.substring(JDBC.length()) : url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Map<String, String> options = options(parts.group("options"));
        Optional<String> user = Optional.ofNullable(parts.group("user")).map(ServerUrl::decoded);
        Optional<String> password = Optional.ofNullable(parts.group("password")).map(ServerUrl::decoded);
        if (isJdbc) {
            user = Optional.ofNullable(options.remove("user")).or(() -> decodedGroup(parts, "user"));
            password = Optional.ofNullable(options.remove("password")).or(() -> decodedGroup(parts, "password"));
        }
        return Optional.of(new ServerUrl(
                isJdbc,
                parts.group("scheme").toLowerCase(Locale.ROOT),
                parts.group("authority"),
                database(parts, isJdbc),
                user.filter(name -> !name.isEmpty()),
                password,
                options));
    }

    private static String database(Matcher parts, boolean isJdbc) {
        String name = Optional.ofNullable(parts.group("database")).orElse("");
        // SQLAlchemy takes it as it stands.
        return isJdbc ? decoded(name) : name;
    }

    private static Optional<String> decodedGroup(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name)).map(ServerUrl::decoded);
    }

    /** An option of an SQLAlchemy URL. */
    Optional<String> option(String name) {
        return isJdbc ? Optional.empty() : Optional.ofNullable(options.get(name));
    }

    /** The same at another place. */
    ServerUrl at(String otherAuthority) {
        return new ServerUrl(isJdbc, scheme, otherAuthority, database, user, password, options);
    }

    /** Which server and database it is, fit for a log line: without user, password and options. */
    String place() {
        String host = authority.isEmpty() ? "localhost" : authority;
        return Printable.ascii(scheme + "://" + host + '/' + database, MAX_QUOTED);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return place();
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : Splitter.on('&').split(query)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    options.put(
                            decoded(pair.substring(0, equals).replace('+', ' ')),
                            decoded(pair.substring(equals + 1).replace('+', ' ')));
                }
            }
        }
        return options;
    }

    /** As Python's {@code unquote}: what is no escape stays as it stands. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            int high = i + 2 < octets.length && octets[i] == '%' ? Character.digit(octets[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(octets[i + 2], 16);
            if (low < 0) {
                decoded.write(octets[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
