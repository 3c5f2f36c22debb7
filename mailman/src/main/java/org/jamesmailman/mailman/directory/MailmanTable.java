// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.List;

/**
 * The tables of Mailman's that are read by difference, each with its name and the columns that matter beside its
 * {@code id}. A change of any other column, such as {@code mailinglist.last_post_at}, makes no difference.
 *
 * <p>Rows are compared in chunks of {@link #CHUNK_ROWS} ids: a row belongs to chunk {@code id / CHUNK_ROWS}.
 */
enum MailmanTable {
    LIST(
            "mailinglist",
            "list_id",
            "list_name",
            "mail_host",
            "posting_chain",
            "emergency",
            "autorespond_postings",
            "moderator_password",
            "dmarc_mitigate_action",
            "default_member_action",
            "default_nonmember_action",
            "accept_these_nonmembers",
            "hold_these_nonmembers",
            "reject_these_nonmembers",
            "discard_these_nonmembers"),
    HEADER_MATCH("headermatch", "mailing_list_id", "position", "header", "pattern", "chain"),
    BAN("ban", "list_id", "email"),
    ADDRESS("address", "email", "user_id"),
    USER("user", "_preferred_address_id"),
    /**
     * A row's {@code list_id} never changes, and {@code _member_id} is drawn at random for each: it stands for both.
     */
    MEMBER("member", "_member_id", "role", "moderation_action", "address_id", "user_id");

    /** Small enough to be read again in some milliseconds, large enough that the digests are few. */
    static final int CHUNK_ROWS = 1 << 10;

    private final String tableName;
    private final String columns;

    MailmanTable(String tableName, String... columns) {
        this.tableName = tableName;
        this.columns = String.join(",", columns);
    }

    /** The table's name, not quoted. */
    String tableName() {
        return tableName;
    }

    /** The columns that matter, beside {@code id}. Any of them may be NULL. */
    List<String> columns() {
        return List.of(columns.split(","));
    }
}
