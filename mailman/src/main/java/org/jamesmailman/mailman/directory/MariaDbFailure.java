// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.jamesmailman.mailman.verdict.Printable;

/** Puts MySQL's and MariaDB's errors in words. Source of the numbers: "Error Code Reference" in their manuals. */
final class MariaDbFailure {
    private static final int MAX_QUOTED = 200;

    private MariaDbFailure() {}

    /** What is wrong, and the remedy; completes a sentence that begins with the database. */
    static String inWords(SQLException error, ServerUrl url) {
        return switch (error.getErrorCode()) {
            case 1045, 1698 ->
                "refuses user or password; correct [database] url in mailman.cfg, or directory.database.url in"
                        + " mailman.properties";
            case 1130 -> "is on a server that lets nobody in from this host; create the user for this host there";
            case 1044, 1049 ->
                "is not there, or hidden from this user; check [database] url in mailman.cfg, or create the database and"
                        + " start Mailman";
            case 1142, 1143 ->
                "may not be read (" + quoted(error) + "); let an administrator run GRANT SELECT ON `"
                        + Printable.ascii(url.database(), MAX_QUOTED) + "`.* TO '"
                        + Printable.ascii(url.user().orElse("the user"), MAX_QUOTED) + "'";
            case 1146, 1054 ->
                "lacks a part of Mailman's schema (" + quoted(error)
                        + "); if Mailman is not just setting it up, check [database] url in mailman.cfg";
            case 1040, 1203 -> "has no connection left for us; raise max_connections of the server";
            case 1053, 1927 -> "was shut down, or the connection cut, by its administrator; see that the server runs";
            case 1205 -> "has a table that somebody else locks; should this last, end what holds the lock";
            case 1969, 3024 ->
                "does not answer a query within " + ServerLimits.STATEMENT.toSeconds() + " s; see what keeps it busy";
            default ->
                Objects.toString(error.getSQLState(), "").startsWith("08") ? unreachable(error) : cannotBeRead(error);
        };
    }

    private static String unreachable(SQLException error) {
        return error.getCause() instanceof UnknownHostException
                ? "is on a host whose name is not known; check [database] url in mailman.cfg"
                : "cannot be reached (" + quoted(error) + "); see whether the server runs there and lets us in";
    }

    private static String cannotBeRead(SQLException error) {
        return "cannot be read (" + quoted(error) + "); see whether Mailman itself can";
    }

    private static String quoted(SQLException error) {
        return Printable.ascii(Objects.toString(error.getMessage(), "").strip(), MAX_QUOTED);
    }
}
