// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Finds the dialect for a URL: a JDBC URL ({@code jdbc:sqlite:/var/lib/mailman3/data/mailman.db}), or the one in
 * {@code mailman.cfg}, which is SQLAlchemy's ({@code sqlite:////var/lib/mailman3/data/mailman.db}). On which of
 * Python's libraries Mailman uses ({@code postgresql+psycopg2:}) nothing depends.
 */
final class DatabaseDialects {
    private static final int MAX_QUOTED = 40;
    private static final String JDBC_SQLITE = "jdbc:sqlite:";
    private static final Set<String> POSTGRESQL = Set.of("postgresql", "postgres");
    private static final Set<String> MYSQL = Set.of("mysql", "mariadb");
    private static final String SQLALCHEMY_SQLITE = "sqlite:///";

    private DatabaseDialects() {}

    /**
     * @throws DirectoryException when the URL is of a database that is not read, or cannot be made out; the message
     *     does not repeat the URL, which may hold a password
     */
    static DatabaseDialect of(String url) throws DirectoryException {
        if (url.startsWith(JDBC_SQLITE)) {
            return new SqliteDialect(path(url.substring(JDBC_SQLITE.length())));
        }
        if (url.startsWith(SQLALCHEMY_SQLITE)) {
            // SQLAlchemy takes what follows the third slash, up to the options, as it stands.
            String path = url.substring(SQLALCHEMY_SQLITE.length());
            int options = path.indexOf('?');
            return new SqliteDialect(path(options < 0 ? path : path.substring(0, options)));
        }
        Optional<ServerUrl> server = ServerUrl.parse(url);
        if (server.isPresent() && POSTGRESQL.contains(server.get().scheme())) {
            return new PostgresDialect(server.get());
        }
        if (server.isPresent() && MYSQL.contains(server.get().scheme())) {
            return new MariaDbDialect(server.get());
        }
        throw new DirectoryException("A database URL that starts with \"" + scheme(url)
                + "\" cannot be read: it must be that of an SQLite file (jdbc:sqlite:/path/to/mailman.db), of PostgreSQL"
                + " (postgresql://user:password@host/database) or of MySQL or MariaDB"
                + " (mysql://user:password@host/database); correct directory.database.url in mailman.properties, or"
                + " [database] url in mailman.cfg.");
    }

    private static Path path(String path) throws DirectoryException {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new DirectoryException("The URL of Mailman's SQLite database must hold the file's absolute path,"
                    + " as in jdbc:sqlite:/var/lib/mailman3/data/mailman.db; set directory.database.url in"
                    + " mailman.properties.");
        }
        return Path.of(path);
    }

    /** The URL up to the first colon that is not that of {@code jdbc:}; nothing secret stands there. */
    private static String scheme(String url) {
        int start = url.startsWith("jdbc:") ? "jdbc:".length() : 0;
        int colon = url.indexOf(':', start);
        return Printable.ascii(colon < 0 ? "" : url.substring(0, colon + 1), MAX_QUOTED);
    }
}
