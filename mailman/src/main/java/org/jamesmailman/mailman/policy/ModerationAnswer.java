// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Optional;
import org.jamesmailman.mailman.directory.ModerationAction;

/** What Mailman's {@code moderation} chain does with an action. */
final class ModerationAnswer {
    private ModerationAnswer() {}

    /**
     * The answer that an action stands for; {@code defer} means that the rules go on.
     *
     * @param action empty where Mailman's database has NULL, on which its nonmember rule stumbles
     * @param reason for the log
     */
    static RuleAnswer of(Optional<ModerationAction> action, String reason) {
        if (action.isEmpty()) {
            return new RuleAnswer.CannotTell("the list has no default action");
        }
        return switch (action.get()) {
            case HOLD, ACCEPT -> new RuleAnswer.Accept();
            case REJECT -> new RuleAnswer.Reject(reason);
            case DISCARD -> new RuleAnswer.Discard(reason);
            case DEFER -> new RuleAnswer.Miss();
        };
    }

    /** An action as Mailman names it. */
    static String inWords(Optional<ModerationAction> action) {
        return action.map(ModerationAction::mailmanName).orElse("NULL");
    }
}
