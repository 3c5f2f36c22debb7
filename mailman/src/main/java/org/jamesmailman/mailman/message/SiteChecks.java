// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Set;

/**
 * What a site looks for in a message beyond what Mailman refuses. Immutable.
 *
 * @param defects to look for
 * @param maxParts more are {@link SiteDefect#TOO_MANY_PARTS}: parts on all levels, the message itself not counted
 * @param maxDepth more are {@link SiteDefect#NESTED_TOO_DEEP}: levels of parts within parts, the message itself being
 *     the first
 * @param maxHeaders more are {@link SiteDefect#TOO_MANY_HEADERS}: fields of the message's own header
 */
public record SiteChecks(Set<SiteDefect> defects, int maxParts, int maxDepth, int maxHeaders) {
    public static final int DEFAULT_MAX_PARTS = 1000;
    public static final int DEFAULT_MAX_DEPTH = 20;
    public static final int DEFAULT_MAX_HEADERS = 1000;

    /** To look for nothing. */
    public static final SiteChecks NONE = of(Set.of());

    public SiteChecks {
        defects = Set.copyOf(defects);
    }

    /** With the default limits. */
    public static SiteChecks of(Set<SiteDefect> defects) {
        return new SiteChecks(defects, DEFAULT_MAX_PARTS, DEFAULT_MAX_DEPTH, DEFAULT_MAX_HEADERS);
    }

    boolean include(SiteDefect defect) {
        return defects.contains(defect);
    }

    /** Whether the message must be read to its end. */
    boolean needBody() {
        return defects.stream().anyMatch(SiteDefect::isInBody);
    }

    /** Whether who has looked by these has also looked by those. */
    public boolean cover(SiteChecks others) {
        return others.defects.isEmpty()
                || (defects.containsAll(others.defects)
                        && maxParts == others.maxParts
                        && maxDepth == others.maxDepth
                        && maxHeaders == others.maxHeaders);
    }
}
