// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.ListSettings;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.message.HeaderField;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.verdict.Verdict;

/** The conditions under which no rule of the default chain may be taken at its word: they are left to Mailman. */
final class Unpredictable {
    /**
     * Mailman shunts a post with raw 8-bit in one of these: in its incoming runner, before any rule, or in the loop
     * rule.
     */
    private static final List<String> READ_AS_TEXT = List.of("x-ack", "precedence", "list-post");

    private Unpredictable() {}

    /** Why the decision is left to Mailman, if it is. */
    static Optional<Verdict> cause(SiteSettings site, MailingList list, MimeAnalysis message) {
        ListSettings settings = list.settings();
        if (site.pluginsEnabled()) {
            return leave("plugins", "the site has plugins, which may bring rules of their own");
        }
        if (!settings.postingChain().equals(ListSettings.DEFAULT_POSTING_CHAIN)) {
            return leave("posting-chain", "the list has a posting chain of its own");
        }
        if (settings.autorespondPostings()) {
            return leave("autorespond-postings", "the list answers posts automatically");
        }
        if (!message.hazards().isEmpty()
                || message.doubt().isPresent()
                || !message.headers().isComplete()) {
            return leave("message", "Mailman may stumble over the message");
        }
        boolean shunted = message.headers().fields().stream()
                .filter(HeaderField::isEightBit)
                .anyMatch(field -> isReadAsText(field.name()));
        return shunted ? leave("message", "a header that Mailman reads as text is not ASCII") : Optional.empty();
    }

    private static boolean isReadAsText(String name) {
        return READ_AS_TEXT.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Optional<Verdict> leave(String rule, String cause) {
        return Optional.of(new Verdict.CannotTell(rule, cause));
    }
}
