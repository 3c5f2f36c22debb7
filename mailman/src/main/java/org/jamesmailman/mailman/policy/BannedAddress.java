// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.stream.Stream;
import org.jamesmailman.mailman.directory.Bans;

/**
 * A message with a banned sender, of the list or of the site, is thrown away.
 *
 * <p>Per sender: the list's literals, the site's, the list's patterns, the site's; a pattern that we cannot run stops
 * the search, as a malformed one shunts the post. Source: {@code is_banned} in Mailman's {@code model/bans.py} and
 * {@code rules/banned_address.py}.
 */
final class BannedAddress implements PostingRule {
    private final PythonPatterns patterns;

    BannedAddress(PythonPatterns patterns) {
        this.patterns = patterns;
    }

    @Override
    public String name() {
        return "banned-address";
    }

    @Override
    public RuleAnswer check(Post post) {
        Bans ofList = post.list().bans();
        Bans ofSite = post.snapshot().siteBans();
        if (ofList.isEmpty() && ofSite.isEmpty()) {
            return new RuleAnswer.Miss();
        }
        return post.senders().stream()
                .map(sender -> check(sender, ofList, ofSite))
                .filter(answer -> !(answer instanceof RuleAnswer.Miss))
                .findFirst()
                .orElseGet(RuleAnswer.Miss::new);
    }

    private RuleAnswer check(String sender, Bans ofList, Bans ofSite) {
        if (ofList.literals().contains(sender) || ofSite.literals().contains(sender)) {
            return new RuleAnswer.Discard(sender + " is banned");
        }
        return Stream.of(ofList.patterns(), ofSite.patterns())
                .flatMap(List::stream)
                .map(pattern -> check(sender, pattern))
                .filter(answer -> !(answer instanceof RuleAnswer.Miss))
                .findFirst()
                .orElseGet(RuleAnswer.Miss::new);
    }

    private RuleAnswer check(String sender, String pattern) {
        return switch (patterns.matchIgnoringCase(pattern, sender)) {
            case MATCHES -> new RuleAnswer.Discard(sender + " is banned by the pattern " + pattern);
            case MATCHES_NOT -> new RuleAnswer.Miss();
            case MALFORMED, CANNOT_TELL ->
                new RuleAnswer.CannotTell("whether the ban " + pattern + " is for " + sender + " is for Python to say");
        };
    }

    @Override
    public String read(Post post) {
        return post.sendersInWords() + "; list bans " + count(post.list().bans()) + ", site bans "
                + count(post.snapshot().siteBans());
    }

    private static int count(Bans bans) {
        return bans.literals().size() + bans.patterns().size();
    }
}
