// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.policy.Decision.Step;
import org.jamesmailman.mailman.verdict.Printable;
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

    /** In characters; a message may have any number of senders. */
    private static final int MAX_READ = 2_000;

    private final SiteSettings site;
    private final SenderHeaders senderHeaders;
    private final List<PostingRule> rules;

    public PostingPolicy(SiteSettings site) {
        this.site = site;
        this.senderHeaders = new SenderHeaders(site.senderHeaders());
        PythonPatterns patterns = new PythonPatterns();
        this.rules = List.of(
                new Plugins(),
                new PostingChain(),
                new AutorespondPostings(),
                new ReadableMessage(),
                new KnownSenders(),
                new DmarcMitigation(),
                new NoSenders(),
                new Approved(),
                new Emergency(),
                new Loop(),
                new BannedAddress(patterns),
                new MemberModeration(),
                new HeaderMatches(site, patterns),
                new NonmemberModeration(patterns));
    }

    /**
     * Decides on a post.
     *
     * @param snapshot what is known of the lists
     * @param list one of the snapshot's
     * @throws IOException when the message cannot be read
     */
    public Decision decide(Snapshot snapshot, MailingList list, PostedMessage message) throws IOException {
        return decide(snapshot, list, message, (rule, post) -> Optional.empty());
    }

    /** As {@link #decide(Snapshot, MailingList, PostedMessage)}, and each step tells what its rule looked at. */
    public Decision explain(Snapshot snapshot, MailingList list, PostedMessage message) throws IOException {
        return decide(snapshot, list, message, (rule, post) -> Optional.of(Printable.ascii(rule.read(post), MAX_READ)));
    }

    private Decision decide(
            Snapshot snapshot,
            MailingList list,
            PostedMessage message,
            BiFunction<PostingRule, Post, Optional<String>> reading)
            throws IOException {
        MimeAnalysis analysis = message.analysis();
        Senders senders = message.senders(senderHeaders);
        Post post = new Post(site, snapshot, list, message, analysis, senders);
        List<Step> steps = new ArrayList<>(rules.size());
        for (PostingRule rule : rules) {
            RuleAnswer answer = rule.check(post);
            steps.add(new Step(rule.name(), answer, reading.apply(rule, post)));
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
