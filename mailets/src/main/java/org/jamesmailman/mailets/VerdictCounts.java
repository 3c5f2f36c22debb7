// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jamesmailman.mailman.verdict.Verdict;

/**
 * Counts verdicts with James's own metrics: {@code mailmanPosting.VERDICT.RULE}, where the verdict is {@code accept},
 * {@code reject}, {@code discard} or {@code cannotTell}, and the rule has Mailman's name. Thread-safe.
 */
public final class VerdictCounts {
    private static final String PREFIX = "mailmanPosting.";

    private final MetricFactory metrics;
    private final Map<String, Metric> byName = new ConcurrentHashMap<>();

    @Inject
    public VerdictCounts(MetricFactory metrics) {
        this.metrics = metrics;
    }

    /** Counts one delivery. */
    void count(Verdict verdict) {
        byName.computeIfAbsent(name(verdict), metrics::generate).increment();
    }

    private static String name(Verdict verdict) {
        if (verdict instanceof Verdict.Accept accept) {
            return PREFIX + "accept." + accept.rule();
        }
        if (verdict instanceof Verdict.Reject reject) {
            return PREFIX + "reject." + reject.rule();
        }
        if (verdict instanceof Verdict.Discard discard) {
            return PREFIX + "discard." + discard.rule();
        }
        return PREFIX + "cannotTell." + ((Verdict.CannotTell) verdict).rule();
    }
}
