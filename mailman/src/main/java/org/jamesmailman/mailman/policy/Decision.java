// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * A verdict and how it came about.
 *
 * @param verdict what Mailman will make of the post
 * @param steps the rules that were asked, in order, each with its answer
 */
public record Decision(Verdict verdict, List<Step> steps) {
    public Decision {
        steps = List.copyOf(steps);
    }

    /** One rule, by Mailman's name, and its answer. */
    public record Step(String rule, RuleAnswer answer) {}
}
