// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;

/** A row of Mailman's table {@code mailinglist}. Source: {@code model/mailinglist.py}. */
final class ListRow {
    /** Has the columns that are read here; the id comes first. */
    static final String COLUMNS = "list_id, list_name, mail_host, posting_chain, emergency,"
            + " autorespond_postings, CASE WHEN moderator_password IS NULL THEN 0 ELSE 1 END, dmarc_mitigate_action,"
            + " default_member_action, default_nonmember_action, accept_these_nonmembers, hold_these_nonmembers,"
            + " reject_these_nonmembers, discard_these_nonmembers";

    /** {@code ResponseAction.none} in {@code interfaces/autorespond.py}. */
    private static final int NO_RESPONSE = 0;

    /** {@code DMARCMitigateAction} in {@code interfaces/mailinglist.py}: none, munge_from, wrap_message. */
    private static final int LAST_HARMLESS_MITIGATION = 2;

    private final ResultSet row;

    ListRow(ResultSet row) {
        this.row = row;
    }

    Optional<String> listId() throws SQLException {
        return Optional.ofNullable(row.getString(2));
    }

    Optional<String> postingAddress() throws SQLException {
        String name = row.getString(3);
        String host = row.getString(4);
        return name == null || host == null ? Optional.empty() : Optional.of(name + '@' + host);
    }

    /** The settings, but for the header matches, which are in another table. */
    ListSettings settings() throws SQLException {
        return new ListSettings(
                Optional.ofNullable(row.getString(5)).orElse(ListSettings.UNKNOWN_POSTING_CHAIN),
                row.getBoolean(6),
                number(7).filter(response -> response == NO_RESPONSE).isEmpty(),
                row.getInt(8) != 0,
                mitigation(),
                number(10).flatMap(ModerationAction::ofNumber),
                number(11).flatMap(ModerationAction::ofNumber),
                legacyNonmembers(),
                List.of());
    }

    private DmarcMitigation mitigation() throws SQLException {
        // On NULL, Mailman asks the DNS and then does nothing of it; on an unknown number it stumbles.
        int action = number(9).orElse(0);
        return action >= 0 && action <= LAST_HARMLESS_MITIGATION
                ? DmarcMitigation.HARMLESS
                : DmarcMitigation.MAY_REJECT_OR_DISCARD;
    }

    private LegacyNonmembers legacyNonmembers() throws SQLException {
        Optional<List<String>> accept = strings(12);
        Optional<List<String>> hold = strings(13);
        Optional<List<String>> reject = strings(14);
        Optional<List<String>> discard = strings(15);
        if (accept.isEmpty() || hold.isEmpty() || reject.isEmpty() || discard.isEmpty()) {
            return LegacyNonmembers.ILLEGIBLE;
        }
        return new LegacyNonmembers(accept.get(), hold.get(), reject.get(), discard.get());
    }

    private Optional<List<String>> strings(int column) throws SQLException {
        byte[] pickle = row.getBytes(column);
        return pickle == null ? Optional.empty() : PickledStrings.read(pickle);
    }

    private Optional<Integer> number(int column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }
}
