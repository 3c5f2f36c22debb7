// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * A verdict and how it came about.
 *
 * @param verdict what Mailman will make of the post
 * @param steps the rules that were asked, in order, each with its answer; the last one decided, unless the verdict is
 *     that no rule objects
 */
public record Decision(Verdict verdict, List<Step> steps) {
    public Decision {
        steps = List.copyOf(steps);
    }

    /**
     * One rule and its answer.
     *
     * @param rule Mailman's name of the rule, or one of our own for what makes us leave the decision to Mailman before
     *     any of its rules: {@code plugins}, {@code posting-chain}, {@code autorespond-postings}, {@code message},
     *     {@code senders}
     * @param answer what it made of the post
     * @param read what it looked at, in words for an administrator; empty unless {@link PostingPolicy#explain} was
     *     asked. Holds nothing but printable ASCII
     */
    public record Step(String rule, RuleAnswer answer, Optional<String> read) {}
}
