// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Puts PostgreSQL's errors in words. Source of the codes: "PostgreSQL Error Codes" in its manual, and {@code PSQLState}
 * of pgjdbc.
 */
final class PostgresFailure {
    private static final int MAX_QUOTED = 200;

    private PostgresFailure() {}

    /** What is wrong, and the remedy; completes a sentence that begins with the database. */
    static String inWords(SQLException error, ServerUrl url) {
        String state = Objects.toString(error.getSQLState(), "");
        return switch (state) {
            case "28P01" ->
                "refuses the password; correct [database] url in mailman.cfg, or directory.database.url in"
                        + " mailman.properties";
            case "28000", "08004" ->
                "does not let us log in (" + quoted(error)
                        + "); check user and password in the URL, and the server's pg_hba.conf";
            case "3D000" ->
                "is not there; check [database] url in mailman.cfg, or create the database and start Mailman";
            case "42501" ->
                "may not be read (" + quoted(error) + "); let its owner run GRANT SELECT ON mailinglist, domain,"
                        + " headermatch, ban, address, \"user\", member, alembic_version TO \""
                        + Printable.ascii(url.user().orElse("the user"), MAX_QUOTED) + '"';
            case "42P01", "42703" ->
                "lacks a part of Mailman's schema (" + quoted(error)
                        + "); if Mailman is not just setting it up, check [database] url in mailman.cfg";
            case "57P03" -> "is on a server that is starting up or shutting down; see that it comes up";
            case "57P01", "57P02" -> "was shut down by its administrator; start PostgreSQL";
            case "53300" -> "has no connection left for us; raise max_connections in postgresql.conf";
            case "55P03" -> "has a table that somebody else locks; should this last, end what holds the lock";
            case "57014" ->
                "does not answer a query within " + ServerLimits.STATEMENT.toSeconds() + " s; see what keeps it busy";
            default -> state.startsWith("08") ? unreachable(error) : cannotBeRead(error);
        };
    }

    private static String unreachable(SQLException error) {
        return error.getCause() instanceof UnknownHostException
                ? "is on a host whose name is not known; check [database] url in mailman.cfg"
                : "cannot be reached (" + quoted(error) + "); see whether PostgreSQL runs there and lets us in";
    }

    private static String cannotBeRead(SQLException error) {
        return "cannot be read (" + quoted(error) + "); see whether Mailman itself can";
    }

    private static String quoted(SQLException error) {
        return Printable.ascii(Objects.toString(error.getMessage(), "").strip(), MAX_QUOTED);
    }
}
