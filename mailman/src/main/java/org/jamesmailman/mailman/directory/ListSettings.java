// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.List;
import java.util.Optional;

/**
 * What the posting policy must know of a list's configuration. Names and meanings are Mailman's
 * ({@code model/mailinglist.py}).
 *
 * @param postingChain the name of the chain that posts go through
 * @param emergency whether every post is held
 * @param autorespondPostings whether posts are answered, and perhaps swallowed
 * @param hasModeratorPassword whether an {@code Approved:} header may count
 * @param dmarcMitigation whether dmarc_mitigate_action is one that may reject or discard
 * @param defaultMemberAction empty: NULL in the database
 * @param defaultNonmemberAction empty: NULL in the database, on which Mailman stumbles when it comes to it
 * @param nonmembers the four legacy lists, {@code accept_these_nonmembers} and so on
 * @param headerMatches in their order
 */
public record ListSettings(
        String postingChain,
        boolean emergency,
        boolean autorespondPostings,
        boolean hasModeratorPassword,
        DmarcMitigation dmarcMitigation,
        Optional<ModerationAction> defaultMemberAction,
        Optional<ModerationAction> defaultNonmemberAction,
        LegacyNonmembers nonmembers,
        List<HeaderMatch> headerMatches) {

    /** The chain that a list has unless somebody changed it. */
    public static final String DEFAULT_POSTING_CHAIN = "default-posting-chain";

    /** Stands for a chain that the source does not tell, or that is NULL: no chain has it for a name. */
    public static final String UNKNOWN_POSTING_CHAIN = "";

    /** What a new list has under Mailman's default style ({@code styles/base.py}, {@code styles/default.py}). */
    public static final ListSettings DEFAULTS = new ListSettings(
            DEFAULT_POSTING_CHAIN,
            false,
            false,
            false,
            DmarcMitigation.HARMLESS,
            Optional.of(ModerationAction.DEFER),
            Optional.of(ModerationAction.HOLD),
            LegacyNonmembers.NONE,
            List.of());

    public ListSettings {
        headerMatches = List.copyOf(headerMatches);
    }

    /** The same settings with other header matches. */
    ListSettings withHeaderMatches(List<HeaderMatch> matches) {
        return new ListSettings(
                postingChain,
                emergency,
                autorespondPostings,
                hasModeratorPassword,
                dmarcMitigation,
                defaultMemberAction,
                defaultNonmemberAction,
                nonmembers,
                matches);
    }

    /** The same with another posting chain. */
    ListSettings withPostingChain(String chain) {
        return new ListSettings(
                chain,
                emergency,
                autorespondPostings,
                hasModeratorPassword,
                dmarcMitigation,
                defaultMemberAction,
                defaultNonmemberAction,
                nonmembers,
                headerMatches);
    }

    /** Whether Mailman's dmarc-mitigation rule, which asks the DNS, may end a post. */
    public enum DmarcMitigation {
        /** It never ends a post. */
        HARMLESS,
        /** It rejects or discards the post of a domain with a strict DMARC policy. */
        MAY_REJECT_OR_DISCARD
    }

    /**
     * The legacy lists of nonmembers: addresses, and Python regular expressions that start with {@code ^}.
     *
     * @param legible whether all four could be read; if not, they are empty here and nobody but Mailman can tell what a
     *     nonmember's post meets: Mailman itself stumbles on a NULL, and has Python unpickle whatever else lies there
     */
    public record LegacyNonmembers(
            List<String> accept, List<String> hold, List<String> reject, List<String> discard, boolean legible) {
        /** Four empty lists. */
        public static final LegacyNonmembers NONE = new LegacyNonmembers(List.of(), List.of(), List.of(), List.of());

        /** Lists that could not be read. */
        public static final LegacyNonmembers ILLEGIBLE =
                new LegacyNonmembers(List.of(), List.of(), List.of(), List.of(), false);

        public LegacyNonmembers {
            accept = List.copyOf(accept);
            hold = List.copyOf(hold);
            reject = List.copyOf(reject);
            discard = List.copyOf(discard);
        }

        /** Four lists that could be read. */
        public LegacyNonmembers(List<String> accept, List<String> hold, List<String> reject, List<String> discard) {
            this(accept, hold, reject, discard, true);
        }

        /** Whether it is certain that none of the lists names anybody. */
        public boolean isEmpty() {
            return legible && accept.isEmpty() && hold.isEmpty() && reject.isEmpty() && discard.isEmpty();
        }
    }
}
