// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Optional;
import org.jamesmailman.mailman.message.QueuedHeaders;
import org.jamesmailman.mailman.policy.PythonPattern.Result;

/**
 * Searches the headers of one message, within a bounded amount of work. Source: {@code HeaderMatchRule.check} in
 * Mailman's {@code chains/headers.py}.
 */
final class HeaderSearch {
    /**
     * Characters times atoms of the pattern: RE2 takes so many steps at worst. An ordinary message that is held against
     * a hundred patterns needs a tenth of it.
     */
    private static final long MAX_WORK = 4_000_000;

    /** To begin a search takes as long as to look at so many characters. */
    private static final int START = 100;

    private final QueuedHeaders headers;
    private final PythonPatterns patterns;
    private final WorkBudget budget;
    private long work;
    private String doubt = "";

    /** @param budget of the message, for all lists */
    HeaderSearch(QueuedHeaders headers, PythonPatterns patterns, WorkBudget budget) {
        this.headers = headers;
        this.patterns = patterns;
        this.budget = budget;
    }

    /** Whether a pattern is found in a header of this name; malformed when it is, and is reached. */
    Result find(String header, String pattern) {
        for (Optional<String> value : headers.decoded(header)) {
            if (value.isEmpty()) {
                doubt = "Mailman may read a value of it in another way than we do";
                return Result.CANNOT_TELL;
            }
            PythonPattern compiled = patterns.ignoringCase(pattern);
            long cost = (long) (START + value.get().length()) * compiled.size();
            work += cost;
            if (work > MAX_WORK || !budget.spend(cost)) {
                doubt = "it takes more work than we do";
                return Result.CANNOT_TELL;
            }
            Result result = compiled.search(value.get());
            doubt = "whether it hits is for Python to say";
            if (result != Result.MATCHES_NOT) {
                return result;
            }
        }
        return Result.MATCHES_NOT;
    }

    /** Why the last answer cannot be told. */
    String doubt(String which) {
        return which + ": " + doubt;
    }
}
