// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.NamedDefect;

/**
 * Decides what becomes of a message with defects. In {@code policy.mode=observe} nothing is refused that Mailman's own
 * LMTP runner would take. Immutable and thread-safe.
 */
final class DefectJudge {
    private final DefectActions actions;
    private final Enforcement enforcement;

    DefectJudge(DefectActions actions, Enforcement enforcement) {
        this.actions = actions;
        this.enforcement = enforcement;
    }

    /**
     * What was found in a message.
     *
     * @param refusal the defect that it is refused for, the one that weighs most
     * @param observed those that are only noted
     */
    record Judgement(Optional<NamedDefect> refusal, List<NamedDefect> observed) {
        Judgement {
            observed = List.copyOf(observed);
        }
    }

    /** Judges a message for one that comes into this queue of Mailman's. */
    Judgement judge(MimeAnalysis analysis, String queue) {
        Optional<NamedDefect> refusal = Optional.empty();
        List<NamedDefect> observed = new ArrayList<>();
        for (NamedDefect defect : analysis.allDefects(queue)) {
            if (action(defect) == DefectAction.OBSERVE) {
                observed.add(defect);
            } else if (refusal.isEmpty()) {
                refusal = Optional.of(defect);
            }
        }
        return new Judgement(refusal, observed);
    }

    private DefectAction action(NamedDefect defect) {
        return enforcement.refuses(defect) ? actions.of(defect) : DefectAction.OBSERVE;
    }
}
