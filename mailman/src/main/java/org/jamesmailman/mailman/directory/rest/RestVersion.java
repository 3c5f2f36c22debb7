// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Makes sure that it is a Mailman with the rules that this project was measured against: the versions whose database is
 * read, too.
 */
final class RestVersion {
    static final List<String> KNOWN = List.of("3.3.5", "3.3.6", "3.3.7", "3.3.8");

    /** As in {@code GNU Mailman 3.3.8 (Tom Sawyer)}. */
    private static final Pattern MAILMAN_VERSION = Pattern.compile("GNU Mailman (\\S+)(?: .*)?");

    private static final int MAX_QUOTED = 60;

    private RestVersion() {}

    static void check(JsonNode versions, RestAccess access) throws DirectoryException {
        String found = versions.path("mailman_version").asText("");
        Matcher version = MAILMAN_VERSION.matcher(found);
        if (!version.matches() || !KNOWN.contains(version.group(1))) {
            throw new DirectoryException(access + " is of \"" + Printable.ascii(found, MAX_QUOTED)
                    + "\", but this version knows only Mailman " + String.join(", ", KNOWN)
                    + "; use a version of james-mailman made for that Mailman, or set directory.source=file in"
                    + " mailman.properties.");
        }
    }
}
