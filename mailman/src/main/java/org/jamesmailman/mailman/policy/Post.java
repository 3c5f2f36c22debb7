// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.Senders;

/**
 * All that the posting rules read: a message, and the list that it is posted to.
 *
 * @param message the message, for the rules that read more of it than {@code analysis} tells
 * @param analysis what its header and structure tell
 * @param foundSenders what its sender headers tell
 */
record Post(
        SiteSettings site,
        Snapshot snapshot,
        MailingList list,
        PostedMessage message,
        MimeAnalysis analysis,
        Senders foundSenders) {

    /**
     * Mailman's {@code msg.senders}: valid, in lower case, duplicates kept. Empty, too, when they are not known, after
     * which no rule is asked.
     */
    List<String> senders() {
        return foundSenders instanceof Senders.Known known ? known.addresses() : List.of();
    }

    /** The senders, in words for an administrator. */
    String sendersInWords() {
        return senders().isEmpty() ? "no senders" : "senders " + String.join(", ", senders());
    }
}
