// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.stream.Collectors;

/**
 * Digests of chunks in SQLite, which has no hash function: the columns that matter of all rows of a chunk, one after
 * the other. So two chunks differ exactly when their digests do (but for values that Mailman never writes, see below),
 * and what costs most, a call for each column of each row, is spared. Measured, it takes about a third of the time that
 * reading the rows takes.
 *
 * <p>Of the three large tables all numbers of a row are packed into one, for to write a number costs more than to add
 * two. An {@code id} of 2<sup>32</sup> or more, a {@code role} over 15 or a {@code moderation_action} over 14 would
 * overflow into its neighbour, and might then hide a change until the chunk is read again anyway, see
 * {@link ChunkedTable}.
 */
final class SqliteDigests {
    /** 65,536 rows: some 30 ms. */
    static final int CHUNKS_AT_A_TIME = 64;

    private SqliteDigests() {}

    static String query(MailmanTable table) {
        // A subquery for each chunk: GROUP BY id / 1024 would sort the whole table first.
        return """
                WITH RECURSIVE bounds(first, last) AS (SELECT ?, ?),
                chunk(number) AS (SELECT first FROM bounds
                    UNION ALL SELECT number + 1 FROM chunk, bounds WHERE number < last)
                SELECT number, (SELECT group_concat(%1$s, '') FROM "%2$s"
                    WHERE id >= number * %3$d AND id < (number + 1) * %3$d) FROM chunk""".formatted(row(table), table.tableName(), MailmanTable.CHUNK_ROWS);
    }

    /** What stands for one row: never NULL, and not to be mistaken for two rows. */
    private static String row(MailmanTable table) {
        String place = "(id & " + (MailmanTable.CHUNK_ROWS - 1) + ")";
        return switch (table) {
            // Mailman takes no address with a blank in it, and each row ends with a number.
            case ADDRESS -> "ifnull(email, '') || ' ' || (ifnull(user_id + 1, 0) * 1024 + " + place + ") || ' '";
            case USER -> "(ifnull(_preferred_address_id + 1, 0) * 1024 + " + place + ") || ' '";
            // A membership by address is that whatever its user is.
            case MEMBER ->
                "ifnull(_member_id, '') || ' ' || (coalesce(address_id * 2 + 2, user_id * 2 + 3, 0) * 262144 + " + place
                        + " * 256 + ifnull(role, 0) * 16 + ifnull(moderation_action, 15)) || ' '";
            case LIST, HEADER_MATCH, BAN ->
                table.columns().stream()
                        .map(SqliteDigests::quoted)
                        .collect(Collectors.joining(" || ',' || ", "id || ',' || ", " || ';'"));
        };
    }

    private static String quoted(String column) {
        // Of a password only whether there is one.
        return column.equals("moderator_password") ? "(moderator_password IS NULL)" : "quote(" + column + ")";
    }
}
