// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailman's own database, read-only.
 *
 * <p>One connection is kept for as long as it works. A small database is read in one transaction; a large one in
 * several short ones, so that Mailman can write in between. What was read may then be of two moments, no further apart
 * than the reading took; {@link #hasChanged} says at once that there is more to read. (To read again until nothing came
 * in between would, on a busy site, only make every change show later.)
 */
public final class DatabaseSource implements DirectorySource {
    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseSource.class);

    private final DatabaseDialect dialect;
    private final Clock clock;
    private Optional<DatabaseSession> session = Optional.empty();
    private OptionalLong loadedSignal = OptionalLong.empty();

    DatabaseSource(DatabaseDialect dialect, Clock clock) {
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * A source for a database; nothing is opened yet.
     *
     * @param url a JDBC URL, or the {@code [database] url} of {@code mailman.cfg}
     * @throws DirectoryException when the database is of a kind that is not read
     */
    public static DatabaseSource of(String url) throws DirectoryException {
        return new DatabaseSource(DatabaseDialects.of(url), Clock.systemUTC());
    }

    @Override
    public Snapshot load() throws DirectoryException {
        try {
            DatabaseSession open = session();
            long before = open.changeSignal();
            Snapshot snapshot = new DatabaseReader(dialect, open.connection()).read(clock.instant());
            loadedSignal = OptionalLong.of(before);
            return snapshot;
        } catch (SQLException e) {
            close();
            throw dialect.failure(e);
        } catch (DirectoryException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean hasChanged() throws DirectoryException {
        try {
            DatabaseSession open = session();
            return loadedSignal.isEmpty() || loadedSignal.getAsLong() != open.changeSignal();
        } catch (SQLException e) {
            close();
            throw dialect.failure(e);
        }
    }

    @Override
    public String description() {
        return dialect.description();
    }

    @Override
    public void close() {
        Optional<DatabaseSession> closing = session;
        session = Optional.empty();
        loadedSignal = OptionalLong.empty();
        closing.ifPresent(this::close);
    }

    private DatabaseSession session() throws DirectoryException, SQLException {
        if (session.isPresent() && session.get().isOutdated()) {
            close();
        }
        if (session.isEmpty()) {
            session = Optional.of(dialect.open());
        }
        return session.get();
    }

    private void close(DatabaseSession open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOGGER.debug("Closing {} failed.", description(), e);
        }
    }
}
