// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.HeaderMatch;
import org.jamesmailman.mailman.message.QueuedHeaders;

/**
 * Holds the headers of a message, and of all its parts, against patterns: first against the site's, of which any that
 * hits sends the post to the site's {@code jump_chain}, then against the list's, each of which names a chain, or means
 * the site's. Source: Mailman's {@code chains/headers.py}.
 */
final class HeaderMatches implements PostingRule {
    private static final RuleAnswer MISS = new RuleAnswer.Miss();

    private final SiteHeaderChecks siteChecks;
    private final JumpChain siteChain;
    private final PythonPatterns patterns;

    HeaderMatches(SiteSettings site, PythonPatterns patterns) {
        this.siteChecks = SiteHeaderChecks.of(site.headerChecks());
        this.siteChain = JumpChain.named(site.jumpChain());
        this.patterns = patterns;
    }

    @Override
    public String name() {
        return "header-match";
    }

    @Override
    public RuleAnswer check(Post post) throws IOException {
        List<HeaderMatch> ofList = post.list().settings().headerMatches();
        if (siteChecks.entries().isEmpty() && ofList.isEmpty() && siteChain.exists()) {
            return MISS;
        }
        QueuedHeaders headers = post.message().queuedHeaders();
        if (!headers.areComplete()) {
            return new RuleAnswer.CannotTell("the headers of the message's parts are more than we look at");
        }
        HeaderSearch search = new HeaderSearch(headers, patterns, post.message().searching());
        RuleAnswer ofSite = siteChecks(search);
        return ofSite.equals(MISS) ? listMatches(ofList, post.list().listId(), search) : ofSite;
    }

    private RuleAnswer siteChecks(HeaderSearch search) {
        Optional<SiteHeaderChecks.Entry> hit = Optional.empty();
        // All of them are run before any counts: Mailman may stumble over the last.
        for (SiteHeaderChecks.Entry entry : siteChecks.entries()) {
            switch (search.find(entry.header(), entry.pattern())) {
                case MATCHES -> hit = hit.or(() -> Optional.of(entry));
                case CANNOT_TELL -> {
                    return new RuleAnswer.CannotTell(search.doubt("the site's check of the header " + entry.header()));
                }
                case MATCHES_NOT, MALFORMED -> {}
            }
        }
        if (!siteChain.exists()) {
            return new RuleAnswer.CannotTell("the site's jump_chain is none that we know: Mailman stumbles over it");
        }
        return hit.map(entry ->
                        siteChain.answer("header-match-config-" + entry.line() + ", the header " + entry.header()))
                .orElse(MISS);
    }

    private RuleAnswer listMatches(List<HeaderMatch> matches, String listId, HeaderSearch search) {
        for (int i = 0; i < matches.size(); i++) {
            HeaderMatch match = matches.get(i);
            JumpChain chain = match.chain().map(JumpChain::named).orElse(siteChain);
            String which = "header-match-" + listId + "-" + i + ", the header " + match.header();
            if (!chain.exists()) {
                return new RuleAnswer.CannotTell(which + ": it names a chain that Mailman does not have");
            }
            switch (search.find(match.header(), match.pattern())) {
                case MATCHES -> {
                    return chain.answer(which);
                }
                case CANNOT_TELL -> {
                    return new RuleAnswer.CannotTell(search.doubt(which));
                }
                case MATCHES_NOT, MALFORMED -> {}
            }
        }
        return MISS;
    }

    @Override
    public String read(Post post) {
        return "header_checks of the site " + siteChecks.entries().size() + ", header matches of the list "
                + post.list().settings().headerMatches().size() + ", jump_chain "
                + post.site().jumpChain();
    }
}
