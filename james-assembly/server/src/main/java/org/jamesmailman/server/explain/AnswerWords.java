// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import org.jamesmailman.mailman.policy.RuleAnswer;

/**
 * A rule's answer in the words of the command's output.
 *
 * @param word {@code miss}, or a {@link VerdictWord}
 * @param reason empty for a miss, and for an acceptance
 */
record AnswerWords(String word, String reason) {
    static AnswerWords of(RuleAnswer answer) {
        if (answer instanceof RuleAnswer.Reject reject) {
            return new AnswerWords(VerdictWord.REJECT.text(), reject.reason());
        }
        if (answer instanceof RuleAnswer.Discard discard) {
            return new AnswerWords(VerdictWord.DISCARD.text(), discard.reason());
        }
        if (answer instanceof RuleAnswer.CannotTell cannotTell) {
            return new AnswerWords(VerdictWord.LEAVE.text(), cannotTell.cause());
        }
        return answer instanceof RuleAnswer.Accept
                ? new AnswerWords(VerdictWord.ACCEPT.text(), "")
                : new AnswerWords("miss", "");
    }
}
