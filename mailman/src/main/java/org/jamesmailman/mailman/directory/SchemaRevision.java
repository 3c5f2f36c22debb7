// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Makes sure that the database has the schema, and so belongs to a Mailman with the rules, that this project was
 * measured against.
 *
 * <p>A revision is known only when both are: {@code 98224512c9c2} is that of Mailman 3.3.5 to 3.3.8. The next one,
 * {@code 2156fc3f6f7d}, would be read alike, but from there on the legacy lists of nonmembers ignore case and
 * {@code @listname} counts in them. Source: {@code database/alembic/versions} and {@code rules/moderation.py}.
 */
final class SchemaRevision {
    static final List<String> KNOWN = List.of("98224512c9c2");

    /** MySQL, which lists only the tables that one may read. */
    private static final String ACCESS_DENIED = "42000";

    private static final int MAX_QUOTED = 40;

    private SchemaRevision() {}

    static void check(Connection connection, String database) throws SQLException, DirectoryException {
        String found = find(connection, database);
        if (!KNOWN.contains(found)) {
            throw new DirectoryException(database + " has the schema revision \"" + Printable.ascii(found, MAX_QUOTED)
                    + "\", but this version knows only " + String.join(", ", KNOWN)
                    + " (Mailman 3.3.5 to 3.3.8); use a version of james-mailman made for that Mailman, or set"
                    + " directory.source=file in mailman.properties.");
        }
    }

    private static String find(Connection connection, String database) throws SQLException, DirectoryException {
        // Asked first: after an error PostgreSQL answers nothing more.
        boolean isListed = isListed(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version_num FROM alembic_version")) {
            String found = rows.next() ? rows.getString(1) : null;
            return found == null ? "" : found;
        } catch (SQLException e) {
            if (isListed || ACCESS_DENIED.equals(e.getSQLState())) {
                throw e;
            }
            throw new DirectoryException(
                    database + " has no table alembic_version, so Mailman has not set it up: start Mailman once, or"
                            + " check [database] url in mailman.cfg.",
                    e);
        }
    }

    private static boolean isListed(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "alembic_version", null)) {
            return tables.next();
        }
    }
}
