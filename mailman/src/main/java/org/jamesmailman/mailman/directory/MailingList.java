// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

/**
 * A list, as the snapshot knows it. Immutable.
 *
 * @param listId Mailman's List-ID, without angle brackets
 * @param postingAddress {@code list_name@mail_host}
 * @param settings what the posting policy must know of its configuration
 * @param members its members; owners and moderators are not among them
 * @param nonmembers who has posted, or was told what becomes of his posts, without being a member
 * @param bans the list's own bans; the site's are {@link Snapshot#siteBans()}
 */
public record MailingList(
        String listId, String postingAddress, ListSettings settings, Roster members, Roster nonmembers, Bans bans) {}
