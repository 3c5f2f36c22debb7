// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT: a path in angle brackets and parameters behind it (RFC 5321 4.1.1.2, 4.1.1.3).
 *
 * @param address what stands in the brackets, a source route before it taken off (RFC 5321 4.1.1.3); empty for
 *     {@code <>}
 * @param parameters in their order
 */
public record PathArgument(String address, List<Parameter> parameters) {
    /**
     * In octets, brackets included. RFC 5321 4.5.3.1.3 wants 256; but VERP makes an address of two, and Mailman's own
     * runner takes what fits into a command of 512 octets.
     */
    static final int MAX_PATH_LENGTH = 512;

    private static final int MAX_PARAMETERS = 20;

    /** RFC 5321 4.1.2; atoms and dots alternate, so that nothing is tried twice. */
    private static final Pattern DOT_STRING =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    /** RFC 5321 4.1.2, {@code A-d-l}; domains and commas alternate, so that nothing is tried twice. */
    private static final Pattern ROUTE = Pattern.compile("@[A-Za-z0-9.-]+(,@[A-Za-z0-9.-]+)*:");

    /**
     * A parameter behind the path, as {@code SIZE=1000}.
     *
     * @param name in upper case
     * @param value what stands behind the {@code =}; empty when there is none
     */
    public record Parameter(String name, Optional<String> value) {
        static Parameter parse(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new Parameter(text.toUpperCase(Locale.ROOT), Optional.empty())
                    : new Parameter(
                            text.substring(0, equals).toUpperCase(Locale.ROOT),
                            Optional.of(text.substring(equals + 1)));
        }
    }

    /** Whether it is no argument that wants SMTPUTF8 (RFC 6531). */
    public static boolean isAscii(String argument) {
        return argument.chars().allMatch(c -> c <= '~');
    }

    /**
     * Parses an argument.
     *
     * @param keyword {@code FROM} or {@code TO}
     * @return empty when the argument is no such thing
     */
    public static Optional<PathArgument> parse(String keyword, String argument) {
        String prefix = keyword + ':';
        if (!argument.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return Optional.empty();
        }
        // RFC 5321 3.3 forbids blanks behind the colon, and many clients send one.
        String rest = argument.substring(prefix.length()).strip();
        int end = endOfPath(rest);
        if (end < 0 || end >= MAX_PATH_LENGTH) {
            return Optional.empty();
        }
        String path = rest.substring(1, end);
        String address = withoutNeedlessQuotes(withoutRoute(path));
        if (address.isEmpty() && !path.isEmpty()) {
            return Optional.empty();
        }
        String behind = rest.substring(end + 1);
        if (!behind.isEmpty() && behind.charAt(0) != ' ') {
            return Optional.empty();
        }
        String[] words = behind.isBlank() ? new String[0] : behind.strip().split(" +", MAX_PARAMETERS + 1);
        if (words.length > MAX_PARAMETERS) {
            return Optional.empty();
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String word : words) {
            parameters.add(Parameter.parse(word));
        }
        return Optional.of(new PathArgument(address, List.copyOf(parameters)));
    }

    /**
     * The index of the bracket that ends the path at the text's start; -1 when there is none, or when the path has
     * something in it that no path has: a control character would get into the headers of the queued message, and a
     * line end would forge some.
     */
    private static int endOfPath(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!mayStandInPath(c, quoted)) {
                return -1;
            }
            if (c == '>' && !quoted) {
                return i;
            }
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && quoted && !escaped;
        }
        return -1;
    }

    /** RFC 5321 4.1.2: printable ASCII; blanks and brackets within quotes only. */
    private static boolean mayStandInPath(char c, boolean quoted) {
        return (c >= ' ' && c <= '~') && (quoted || (c != ' ' && c != '<'));
    }

    /** What only looks like a route, and what has a second one behind it, stays whole: it is no address. */
    private static String withoutRoute(String path) {
        Matcher route = ROUTE.matcher(path);
        return route.lookingAt() && !path.startsWith("@", route.end()) ? path.substring(route.end()) : path;
    }

    /** {@code "ant"@example.com} is {@code ant@example.com} (RFC 5321 4.1.2), and Mailman knows the latter. */
    private static String withoutNeedlessQuotes(String path) {
        int close = path.lastIndexOf("\"@");
        if (!path.startsWith("\"") || close < 1) {
            return path;
        }
        String localPart = path.substring(1, close).replaceAll("\\\\(.)", "$1");
        return DOT_STRING.matcher(localPart).matches() ? localPart + path.substring(close + 1) : path;
    }
}
