// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass over a message found. Immutable.
 *
 * @param headers the fields of the outermost header
 * @param defects what Mailman's LMTP runner would refuse the message for, each once, in Python's order; empty when it
 *     takes the message, when its parser fails on it (see {@code hazards}), and when we cannot tell (see {@code doubt})
 * @param hazards what Mailman breaks on
 * @param doubt why the defects are not known, for a log line; empty when they are
 */
public record MimeAnalysis(
        Headers headers, List<MimeDefect> defects, Set<MailmanHazard> hazards, Optional<String> doubt) {
    public MimeAnalysis {
        defects = List.copyOf(defects);
        hazards = Set.copyOf(hazards);
    }

    /** Whether Mailman takes the message and breaks on none of it, as far as the structure tells. */
    public boolean isSound() {
        return defects.isEmpty() && hazards.isEmpty() && doubt.isEmpty();
    }

    /** Whether parts are nested more deeply than {@link MimeLimits#depth()}. */
    public boolean isTooDeep() {
        return hazards.contains(MailmanHazard.NESTED_TOO_DEEPLY);
    }

    /** Whether the message brings a Message-ID; Mailman makes one when it does not. */
    public boolean hasMessageId() {
        return headers.contains("message-id");
    }

    /** What Mailman breaks on, the first of it in the order of {@link MailmanHazard}. */
    public Optional<MailmanHazard> firstHazard() {
        return hazards.stream().min(Comparator.naturalOrder());
    }

    /**
     * What is wrong with a message that Mailman would refuse or break on, in a sentence for its sender: the first
     * defect, or else the first hazard.
     */
    public Optional<String> whyMalformed() {
        return defects.stream().map(MimeDefect::explanation).findFirst().or(() -> firstHazard()
                .map(MailmanHazard::explanation));
    }
}
