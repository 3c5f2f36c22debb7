// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * An answer and how it came about.
 *
 * @param answer what the server says
 * @param ifEnforced what it would say with {@code policy.mode=enforce}, where the mode makes a difference
 * @param destination what the recipient address was found to be; empty when it is no list's
 * @param analysis what the message's structure tells; empty when it was not looked at
 * @param decision the way through Mailman's rules; empty when they were not asked
 */
record Explanation(
        Answer answer,
        Optional<Reply> ifEnforced,
        Optional<Destination> destination,
        Optional<MimeAnalysis> analysis,
        Optional<Decision> decision) {

    /** What is wrong with the message, for the queue that it would come into; empty when it was not looked at. */
    List<NamedDefect> defects() {
        return destination.isPresent() && analysis.isPresent()
                ? analysis.get().allDefects(destination.get().queue())
                : List.of();
    }

    /** An answer that was given at MAIL or RCPT. */
    static Explanation atEnvelope(Answer answer) {
        return new Explanation(answer, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An answer about a message that the rules were not asked about. */
    static Explanation withoutRules(Answer answer, Destination destination, Optional<MimeAnalysis> analysis) {
        return new Explanation(answer, Optional.empty(), Optional.of(destination), analysis, Optional.empty());
    }
}
