// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.directory.Membership;

/**
 * Finds the member of a list whom a post is from: the first sender that is a member, or whose user is one by another of
 * his addresses. Source: {@code _find_sender_member} in Mailman's {@code rules/moderation.py}.
 */
final class SenderMember {
    /** Who was found. */
    sealed interface Found {
        /** No sender is a member, nor is another address of a sender's user. */
        record Nobody() implements Found {}

        /** This sender counts as a member, with this membership. */
        record Member(String sender, Membership membership) implements Found {}

        /**
         * A user has several addresses that are members with different actions, and which of them Mailman finds first
         * is left to its database (there is no ORDER BY).
         */
        record Ambiguous(String sender) implements Found {}
    }

    private SenderMember() {}

    static Found of(Post post) {
        for (String sender : post.senders()) {
            Found found = of(sender, post);
            if (!(found instanceof Found.Nobody)) {
                return found;
            }
        }
        return new Found.Nobody();
    }

    private static Found of(String sender, Post post) {
        Optional<Membership> own = post.list().members().find(sender);
        if (own.isPresent()) {
            return new Found.Member(sender, own.get());
        }
        List<Membership> linked = post.snapshot().linkedAddresses(sender).stream()
                .flatMap(address -> post.list().members().find(address).stream())
                .distinct()
                .toList();
        return switch (linked.size()) {
            case 0 -> new Found.Nobody();
            case 1 -> new Found.Member(sender, linked.get(0));
            default -> new Found.Ambiguous(sender);
        };
    }
}
