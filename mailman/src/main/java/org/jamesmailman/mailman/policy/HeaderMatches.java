// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** The site's or the list's header matches may end the post; Mailman runs them. */
final class HeaderMatches implements PostingRule {
    @Override
    public String name() {
        return "header-match";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.site().headerChecks().isEmpty()
                        && post.list().settings().headerMatches().isEmpty()
                ? new RuleAnswer.Miss()
                : new RuleAnswer.CannotTell("the site or the list has header matches");
    }

    @Override
    public String read(Post post) {
        return "header_checks of the site " + post.site().headerChecks().size() + ", header matches of the list "
                + post.list().settings().headerMatches().size();
    }
}
