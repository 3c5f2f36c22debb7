// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one pass over a message found. Immutable.
 *
 * @param headers the fields of the outermost header
 * @param defects what Mailman's LMTP runner would refuse the message for, each once, in Python's order; empty when it
 *     takes the message, when its parser fails on it (see {@code hazards}), and when we cannot tell (see {@code doubt})
 * @param hazards what Mailman breaks on
 * @param doubt why the defects are not known, for a log line; empty when they are
 * @param siteDefects what the site looks for and the message has
 * @param checks by which the {@code siteDefects} were looked for
 */
public record MimeAnalysis(
        Headers headers,
        List<MimeDefect> defects,
        Set<MailmanHazard> hazards,
        Optional<String> doubt,
        Set<SiteDefect> siteDefects,
        SiteChecks checks) {
    public MimeAnalysis {
        defects = List.copyOf(defects);
        hazards = inOrder(hazards, MailmanHazard.class);
        siteDefects = inOrder(siteDefects, SiteDefect.class);
    }

    private static <E extends Enum<E>> Set<E> inOrder(Set<E> values, Class<E> type) {
        Set<E> copy = EnumSet.noneOf(type);
        copy.addAll(values);
        return Collections.unmodifiableSet(copy);
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

    /** Why no entry can be made of the message that Mailman would survive. */
    public Optional<MailmanHazard> unqueueable() {
        return hazards.stream().filter(hazard -> !hazard.isTakenByLmtpRunner()).findFirst();
    }

    /** All that was found wrong with the message, for one that comes into this queue; what weighs most comes first. */
    public List<NamedDefect> allDefects(String queue) {
        return Stream.<Collection<? extends NamedDefect>>of(
                        defects,
                        hazards.stream().filter(hazard -> hazard.strikes(queue)).toList(),
                        siteDefects)
                .<NamedDefect>flatMap(Collection::stream)
                .toList();
    }
}
