// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.policy.Decision.Step;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * Tells what Mailman will make of a post, by the rules of its {@code default-posting-chain} in their order
 * ({@code chains/builtin.py}), as far as that is certain before the queue. The first rule that hits decides; the first
 * that cannot tell leaves the decision to Mailman. Thread-safe.
 */
public final class PostingPolicy {
    /** Mailman's name of the rule that ends mail loops. */
    public static final String LOOP = Loop.NAME;

    /** What the rules after the last of ours amount to: accepted, or held for the moderators. */
    private static final String ACCEPTED = "accept";

    /** Each sender is held against each ban; a header of 1 MiB has room for 100,000. */
    private static final int MAX_SENDERS = 100;

    private final SiteSettings site;
    private final SenderHeaders senderHeaders;
    private final List<PostingRule> rules;

    public PostingPolicy(SiteSettings site) {
        this.site = site;
        this.senderHeaders = new SenderHeaders(site.senderHeaders());
        PythonPatterns patterns = new PythonPatterns();
        this.rules = List.of(
                new DmarcMitigation(),
                new NoSenders(),
                new Approved(),
                new Emergency(),
                new Loop(),
                new BannedAddress(patterns),
                new MemberModeration(),
                new HeaderMatches(),
                new NonmemberModeration(patterns));
    }

    /**
     * Decides on a post.
     *
     * @param snapshot what is known of the lists
     * @param list one of the snapshot's
     * @param message what its header and structure tell
     * @param reversePath the bare address of {@code MAIL FROM}; empty for the null reverse-path
     */
    public Decision decide(Snapshot snapshot, MailingList list, MimeAnalysis message, String reversePath) {
        Optional<Verdict> left = Unpredictable.cause(site, list, message);
        if (left.isPresent()) {
            return new Decision(left.get(), List.of());
        }
        Senders senders = senderHeaders.read(message.headers(), reversePath);
        if (senders instanceof Senders.Undecidable undecidable) {
            return new Decision(new Verdict.CannotTell("senders", undecidable.reason()), List.of());
        }
        List<String> addresses = ((Senders.Known) senders).addresses();
        if (addresses.size() > MAX_SENDERS) {
            return new Decision(new Verdict.CannotTell("senders", "the message has too many senders"), List.of());
        }
        return ask(new Post(site, snapshot, list, addresses, ListPosts.of(message.headers())));
    }

    private Decision ask(Post post) {
        List<Step> steps = new ArrayList<>();
        for (PostingRule rule : rules) {
            RuleAnswer answer = rule.check(post);
            steps.add(new Step(rule.name(), answer));
            Optional<Verdict> verdict = verdict(rule.name(), answer);
            if (verdict.isPresent()) {
                return new Decision(verdict.get(), steps);
            }
        }
        return new Decision(new Verdict.Accept(ACCEPTED), steps);
    }

    private static Optional<Verdict> verdict(String rule, RuleAnswer answer) {
        if (answer instanceof RuleAnswer.Accept) {
            return Optional.of(new Verdict.Accept(rule));
        }
        if (answer instanceof RuleAnswer.Reject reject) {
            return Optional.of(new Verdict.Reject(rule, reject.reason()));
        }
        if (answer instanceof RuleAnswer.Discard discard) {
            return Optional.of(new Verdict.Discard(rule, discard.reason()));
        }
        if (answer instanceof RuleAnswer.CannotTell cannotTell) {
            return Optional.of(new Verdict.CannotTell(rule, cannotTell.cause()));
        }
        return Optional.empty();
    }
}
