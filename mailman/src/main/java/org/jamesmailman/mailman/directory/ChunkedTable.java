// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * One of Mailman's tables as it was last read, in chunks of ids, each with the digest by which a change is noticed.
 *
 * <p>A digest is always asked for before the rows that it stands for are read: what is committed in between is in the
 * rows and not in the digest, and so the chunk is read once more, where the other order would miss it.
 *
 * <p>Two checksums of what the database gives, 64 bits together, are kept. That is no defence against somebody who
 * looks for two rows with one checksum; but whatever went unnoticed is read again with the chunks that are read whether
 * they differ or not, see {@link #READ_ANYWAY}. Not thread-safe.
 *
 * @param <C> what is kept of the rows of a chunk
 */
final class ChunkedTable<C> {
    /**
     * One chunk in so many is read in each pass although its digest is as before, so that all are in so many passes.
     */
    static final int READ_ANYWAY = 64;

    /** In so many steps a large table is gone through; more make a step shorter, and the whole longer. */
    private static final int STEPS = 4;

    /** How many chunks are read by one query. */
    private static final int CHUNKS_AT_A_TIME = 8;

    /** The digest of a chunk without rows. */
    private static final long NO_ROWS = 0;

    private static final long MAX_ID = Integer.MAX_VALUE;

    private final MailmanTable table;
    private final Function<DatabaseDialect, String> query;
    private final Supplier<ChunkBuilder<C>> builders;
    private final Listener<C> listener;
    private final C empty;
    private final List<C> chunks = new ArrayList<>();
    private long[] digests = new long[0];
    private int next;
    private int unvisited;
    private int pass;

    /** Makes a chunk of its rows. */
    interface ChunkBuilder<C> {
        /**
         * Takes a row.
         *
         * @param place of the row in its chunk: its id less the chunk's first; they come in ascending order
         */
        void add(int place, ResultSet row) throws SQLException;

        C build();
    }

    /** Is told of each chunk that has been read again. */
    interface Listener<C> {
        /**
         * Takes note of it.
         *
         * @param first the id with which the chunk begins
         */
        void replaced(int first, C before, C after);
    }

    /**
     * A table of which nothing has been read yet.
     *
     * @param columns to be read of a row, separated by commas, after its id
     */
    ChunkedTable(MailmanTable table, String columns, Supplier<ChunkBuilder<C>> builders, Listener<C> listener) {
        this.table = table;
        this.query = dialect -> "SELECT id, " + columns + " FROM " + dialect.quoted(table.tableName())
                + " WHERE id >= ? AND id <= ? ORDER BY id";
        this.builders = builders;
        this.listener = listener;
        this.empty = builders.get().build();
    }

    /** What was read of the chunk that begins with id {@code number * MailmanTable.CHUNK_ROWS}. */
    C chunk(int number) {
        return number >= 0 && number < chunks.size() ? chunks.get(number) : empty;
    }

    int chunkCount() {
        return chunks.size();
    }

    /** From here on, {@link #isBehind} until each chunk has been visited again. */
    void beginPass() {
        unvisited = Math.max(1, chunks.size());
        pass++;
    }

    boolean isBehind() {
        return unvisited > 0;
    }

    /** Reads again what has changed in the next part of the table; a small table is one part. */
    void step(DatabaseRows rows) throws SQLException, DirectoryException {
        grow(rows);
        int slice = Math.max(rows.dialect().chunksAtATime(), (chunks.size() + STEPS - 1) / STEPS);
        if (next >= chunks.size()) {
            next = 0;
        }
        int end = Math.min(chunks.size(), next + slice);
        visit(rows, next, end, true);
        unvisited -= Math.max(1, end - next);
        next = end;
    }

    /** Reads again what has changed or been added at the end of the table, where new rows go. */
    void tail(DatabaseRows rows) throws SQLException, DirectoryException {
        int known = chunks.size();
        grow(rows);
        visit(rows, Math.max(0, known - 1), chunks.size(), false);
    }

    private void grow(DatabaseRows rows) throws SQLException, DirectoryException {
        String name = rows.dialect().quoted(table.tableName());
        long[] range = {0, -1};
        rows.forEach("SELECT (SELECT min(id) FROM " + name + "), (SELECT max(id) FROM " + name + ")", row -> {
            range[0] = row.getLong(1);
            long last = row.getLong(2);
            range[1] = row.wasNull() ? -1 : last;
        });
        if (range[0] < 0 || range[1] > MAX_ID) {
            throw new DirectoryException(rows.dialect().description() + " has an id in the table " + table.tableName()
                    + " that no database gives to Mailman (" + (range[0] < 0 ? range[0] : range[1])
                    + "); restore the table, or set directory.source=file in mailman.properties.");
        }
        int count = (int) ((range[1] + MailmanTable.CHUNK_ROWS) / MailmanTable.CHUNK_ROWS);
        if (unvisited > 0 && count > chunks.size()) {
            unvisited = chunks.isEmpty() ? count : unvisited + count - chunks.size();
        }
        while (chunks.size() < count) {
            chunks.add(empty);
        }
        if (digests.length < count) {
            digests = Arrays.copyOf(digests, count + (count >> 3));
        }
    }

    private void visit(DatabaseRows rows, int from, int to, boolean someAnyway)
            throws SQLException, DirectoryException {
        int batch = rows.dialect().chunksAtATime();
        for (int start = from; start < to; start += Math.min(batch, to - start)) {
            int end = start + Math.min(batch, to - start);
            long[] fresh = digests(rows, start, end);
            for (int first = start, last; first < end; first = last) {
                last = first;
                while (last < end
                        && last - first < CHUNKS_AT_A_TIME
                        && mustRead(last, fresh[last - start], someAnyway)) {
                    last++;
                }
                if (last == first) {
                    last++;
                } else {
                    read(rows, first, last);
                    System.arraycopy(fresh, first - start, digests, first, last - first);
                }
            }
        }
    }

    private boolean mustRead(int number, long digest, boolean someAnyway) {
        return digest != digests[number] || (someAnyway && number % READ_ANYWAY == pass % READ_ANYWAY);
    }

    private long[] digests(DatabaseRows rows, int from, int to) throws SQLException {
        long[] fresh = new long[to - from];
        rows.forEach(
                rows.dialect().chunkDigests(table),
                row -> {
                    byte[] digest = row.getBytes(2);
                    if (digest != null) {
                        fresh[Math.toIntExact(row.getLong(1) - from)] = checksum(digest);
                    }
                },
                from,
                to - 1L);
        return fresh;
    }

    private static long checksum(byte[] digest) {
        CRC32 one = new CRC32();
        one.update(digest, 0, digest.length);
        CRC32C other = new CRC32C();
        other.update(digest, 0, digest.length);
        long both = one.getValue() << 32 | other.getValue();
        return both == NO_ROWS ? 1 : both;
    }

    private void read(DatabaseRows rows, int from, int to) throws SQLException {
        List<ChunkBuilder<C>> fresh = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            fresh.add(builders.get());
        }
        int first = firstId(from);
        rows.forEach(
                query.apply(rows.dialect()),
                row -> {
                    int offset = Math.toIntExact(row.getLong(1) - first);
                    fresh.get(offset / MailmanTable.CHUNK_ROWS).add(offset % MailmanTable.CHUNK_ROWS, row);
                },
                first,
                (long) to * MailmanTable.CHUNK_ROWS - 1);
        for (int number = from; number < to; number++) {
            C after = Objects.requireNonNull(fresh.get(number - from).build());
            C before = chunks.set(number, after);
            listener.replaced(firstId(number), before, after);
        }
    }

    private static int firstId(int number) {
        return number * MailmanTable.CHUNK_ROWS;
    }
}
