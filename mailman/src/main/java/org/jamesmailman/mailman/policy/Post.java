// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;

/**
 * All that the posting rules read: a message whose senders are known, and the list that it is posted to.
 *
 * @param senders Mailman's {@code msg.senders}: valid, in lower case, duplicates kept
 * @param listPosts the values of the message's {@code List-Post} fields, stripped and in lower case
 */
record Post(SiteSettings site, Snapshot snapshot, MailingList list, List<String> senders, List<String> listPosts) {}
