// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.PathArgument;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.delivery.Judges;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.PostingVerdicts;
import org.jamesmailman.mailman.delivery.Transaction;
import org.jamesmailman.mailman.delivery.VerdictSink;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * A message's way through the server, without the server: MAIL and RCPT as our handlers answer them, then the mailets
 * of {@code conf/mailetcontainer.xml} in their order, up to the queue, into which nothing is put. Thread-safe.
 */
final class DefaultPipeline {
    /** The mailets, in their order. */
    static final List<String> MAILETS = List.of("RejectMalformedMime", "CheckPostingPermission", "EnqueueToMailman");

    private final Settings settings;
    private final Judges judges;
    private final Decider decider;
    private final Predicate<String> isJamesAddress;

    /** Asks the posting policy about a post. */
    @FunctionalInterface
    interface Decider {
        /** As {@link PostingVerdicts#explain}. */
        Optional<Decision> decide(Delivery delivery) throws IOException;
    }

    /**
     * Makes the pipeline of a site.
     *
     * @param decider decides by the same directory as the judges
     * @param isJamesAddress whether James can hold an address
     */
    DefaultPipeline(Settings settings, Judges judges, Decider decider, Predicate<String> isJamesAddress) {
        this.settings = settings;
        this.judges = judges;
        this.decider = decider;
        this.isJamesAddress = isJamesAddress;
    }

    /**
     * What the server answers for one recipient.
     *
     * @param mailFrom what stands between the brackets of {@code MAIL FROM:<>}; empty for the null reverse-path
     * @param recipient the same for RCPT
     * @param message as {@link WireForm} has it
     */
    Explanation explain(String mailFrom, String recipient, HeapMessage message) throws IOException {
        if (!PathArgument.isAscii(mailFrom)) {
            return refused("malformed-sender", "it is not ASCII", Replies.notAscii());
        }
        Optional<String> reversePath = path("FROM", mailFrom);
        if (reversePath.isEmpty()) {
            return refused("malformed-sender", "this is no path for MAIL", Replies.noReversePath());
        }
        if (!PathArgument.isAscii(recipient)) {
            return refused("malformed-recipient", "it is not ASCII", Replies.notAscii());
        }
        Optional<String> forwardPath = path("TO", recipient);
        if (forwardPath.isEmpty()) {
            return refused("malformed-recipient", "this is no path for RCPT", Replies.noForwardPath());
        }
        String address = forwardPath.get();
        Resolution resolution = judges.recipients().resolve(address);
        return resolution instanceof Resolution.Found found
                ? explain(reversePath.get(), address, found.destination(), message)
                : explain(address, resolution);
    }

    /** The address that is between the brackets; empty when the command would not be understood. */
    private static Optional<String> path(String keyword, String address) {
        return PathArgument.parse(keyword, keyword + ":<" + address + '>')
                .filter(argument -> argument.parameters().isEmpty())
                .map(PathArgument::address);
    }

    /** The answer to RCPT for what is no list's address. */
    private Explanation explain(String address, Resolution resolution) {
        if (resolution instanceof Resolution.NothingKnownYet) {
            return Explanation.atEnvelope(new Answer(
                    VerdictWord.LEAVE,
                    "outdated-directory",
                    "no such list was known, but that is longer ago than directory.max-age",
                    Optional.of(Replies.nothingKnownYet(address)),
                    Optional.empty()));
        }
        if (resolution instanceof Resolution.Malformed || !isJamesAddress.test(address)) {
            return refused(
                    "malformed-recipient", "no list's address looks like this", Replies.malformedAddress(address));
        }
        if (settings.otherRecipientsToJames()) {
            return Explanation.atEnvelope(new Answer(
                    VerdictWord.LEAVE,
                    "other-recipients",
                    "it is no list's address: James's own handlers answer (lmtp.other-recipients=james)",
                    Optional.empty(),
                    Optional.empty()));
        }
        return resolution instanceof Resolution.NoSuchList
                ? refused("no-such-list", "Mailman serves the domain but has no such list", Replies.noSuchList(address))
                : refused("domain-not-served", "Mailman does not serve the domain", Replies.domainNotServed(address));
    }

    private static Explanation refused(String rule, String reason, Reply reply) {
        return Explanation.atEnvelope(Answer.refusal(rule, reason, reply));
    }

    /** The answer after DATA. */
    private Explanation explain(String reversePath, String address, Destination destination, HeapMessage message)
            throws IOException {
        long maxSize = settings.maxMessageSize();
        if (maxSize > 0 && message.size() > maxSize) {
            Answer tooBig = Answer.refusal(
                    "message-too-big", "message.max-size is " + maxSize, Replies.tooBig(address, maxSize));
            return Explanation.withoutRules(tooBig, destination, Optional.empty());
        }
        Transaction transaction =
                new Transaction(reversePath, message, judges.analyzer(), Instant.EPOCH, destination.mailHost());
        MimeAnalysis analysis = transaction.analysis();
        Delivery delivery = new Delivery(transaction, address, destination, new VerdictSink());
        List<NamedDefect> defects = analysis.allDefects(destination.queue());
        if (!defects.isEmpty()) {
            return malformed(delivery, analysis, defects);
        }
        Optional<Decision> decision = decider.decide(delivery);
        return decision.isPresent()
                ? judged(delivery, analysis, decision.get())
                : Explanation.withoutRules(toSubaddress(delivery), destination, Optional.of(analysis));
    }

    /** A site that observes takes what Mailman's LMTP runner would take. */
    private Explanation malformed(Delivery delivery, MimeAnalysis analysis, List<NamedDefect> defects) {
        Optional<NamedDefect> refused =
                defects.stream().filter(judges.enforcement()::refuses).findFirst();
        String defect = refused.orElse(defects.get(0)).explanation();
        Reply refusal = Replies.malformedMessage(delivery.recipient(), defect);
        Answer answer = new Answer(
                VerdictWord.REJECT,
                "malformed-message",
                defect,
                Optional.of(refused.isPresent() ? refusal : queued(delivery)),
                refused.isPresent()
                        ? Optional.empty()
                        : Optional.of(delivery.destination().queue()));
        return new Explanation(
                answer,
                refused.isPresent() ? Optional.empty() : Optional.of(refusal),
                Optional.of(delivery.destination()),
                Optional.of(analysis),
                Optional.empty());
    }

    private static Answer toSubaddress(Delivery delivery) {
        return new Answer(
                VerdictWord.ACCEPT,
                "subaddress",
                "mail to a subaddress is not judged",
                Optional.of(queued(delivery)),
                Optional.of(delivery.destination().queue()));
    }

    private Explanation judged(Delivery delivery, MimeAnalysis analysis, Decision decision) {
        Enforcement enforcement = judges.enforcement();
        Optional<Outcome> outcome = enforcement.outcome(decision.verdict(), delivery.recipient());
        Optional<Outcome> enforced = new Enforcement(PolicyMode.ENFORCE, enforcement.onDiscard())
                .outcome(decision.verdict(), delivery.recipient());
        Answer answer = new Answer(
                VerdictWord.of(decision.verdict()),
                rule(decision.verdict()),
                reason(decision.verdict()),
                Optional.of(outcome.map(DefaultPipeline::reply).orElseGet(() -> queued(delivery))),
                outcome.isPresent()
                        ? Optional.empty()
                        : Optional.of(delivery.destination().queue()));
        return new Explanation(
                answer,
                enforced.equals(outcome) ? Optional.empty() : enforced.map(DefaultPipeline::reply),
                Optional.of(delivery.destination()),
                Optional.of(analysis),
                Optional.of(decision));
    }

    private static Reply queued(Delivery delivery) {
        return Replies.queued(delivery.recipient(), Answer.ENTRY);
    }

    private static Reply reply(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reply();
        }
        return ((Outcome.Dropped) outcome).reply();
    }

    private static String rule(Verdict verdict) {
        if (verdict instanceof Verdict.Accept accept) {
            return accept.rule();
        }
        if (verdict instanceof Verdict.Reject reject) {
            return reject.rule();
        }
        return verdict instanceof Verdict.Discard discard ? discard.rule() : ((Verdict.CannotTell) verdict).rule();
    }

    private static String reason(Verdict verdict) {
        if (verdict instanceof Verdict.Reject reject) {
            return reject.reason();
        }
        if (verdict instanceof Verdict.Discard discard) {
            return discard.reason();
        }
        return verdict instanceof Verdict.CannotTell cannotTell
                ? cannotTell.cause()
                : "Mailman accepts it, or holds it for the moderators";
    }
}
