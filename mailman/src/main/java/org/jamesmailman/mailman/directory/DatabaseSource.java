// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailman's own database, read-only.
 *
 * <p>One connection is kept for as long as it works. The first reading reads everything; after that each {@link #load}
 * goes through a part of the tables by their digests and reads what differs, and {@link #hasChanged} says that there is
 * more to read until all of them have been gone through since the last change. Transactions are short, so that Mailman
 * can write in between. So what is known may be of two moments, no further apart than it takes to go through the tables
 * once.
 */
public final class DatabaseSource implements DirectorySource {
    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseSource.class);

    private final DatabaseDialect dialect;
    private final Clock clock;
    private Optional<DatabaseSession> session = Optional.empty();
    private DatabaseCopy copy = new DatabaseCopy();

    /** Of the pass through the tables that is under way, or else of the last one. */
    private Optional<String> passSignal = Optional.empty();

    private Instant passStart = Instant.EPOCH;
    private Optional<Instant> completeAt = Optional.empty();

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
            SchemaRevision.check(open.connection(), dialect.description());
            DatabaseRows rows = new DatabaseRows(dialect, open.connection());
            if (copy.isWasteful()) {
                forget();
            }
            copy.compareLike(open.comparisons());
            do {
                step(open, rows);
            } while (completeAt.isEmpty());
            return copy.snapshot(completeAt.get());
        } catch (SQLException e) {
            close();
            throw dialect.failure(e);
        } catch (DirectoryException e) {
            close();
            throw e;
        } catch (RuntimeException | Error e) {
            // Nobody knows what was done by halves.
            forget();
            close();
            throw e;
        }
    }

    /** A quarter of the reading, which is a part of a pass that shall not take much longer for the rests in it. */
    @Override
    public Duration restAfter(Duration reading) {
        return reading.dividedBy(4);
    }

    private void step(DatabaseSession open, DatabaseRows rows) throws SQLException, DirectoryException {
        // Outside of a transaction, hence after the check of the schema has ended its own.
        rows.finish();
        if (passSignal.isEmpty() || !copy.isBehind()) {
            passSignal = Optional.of(open.changeSignal());
            passStart = clock.instant();
            copy.beginPass();
        }
        copy.step(rows);
        if (!copy.isBehind()) {
            completeAt = Optional.of(passStart);
        }
    }

    private void forget() {
        copy = new DatabaseCopy();
        completeAt = Optional.empty();
        passSignal = Optional.empty();
    }

    @Override
    public boolean hasChanged() throws DirectoryException {
        try {
            DatabaseSession open = session();
            return passSignal.isEmpty() || copy.isBehind() || !passSignal.get().equals(open.changeSignal());
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
        passSignal = Optional.empty();
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
