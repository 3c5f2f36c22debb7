// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import org.jamesmailman.mailman.policy.PythonPattern.Result;

/**
 * Keeps the Python regular expressions that the site's administrator and the list owners wrote, compiled, within a
 * bounded memory. Thread-safe.
 */
final class PythonPatterns {
    /** In atoms of compiled patterns; one takes about 100 octets. */
    private static final long MAX_KEPT = 1_000_000;

    /** What a pattern takes of {@link #MAX_KEPT} whatever it says. */
    private static final int WEIGHT = 10;

    /** RFC 5321 4.5.3.1.3 has no longer address; the time that a match takes grows with the text. */
    private static final int MAX_ADDRESS_LENGTH = 256;

    private final LoadingCache<String, PythonPattern> caseSensitive = cache(false);
    private final LoadingCache<String, PythonPattern> ignoringCase = cache(true);

    /** As {@code re.match(pattern, address)}. */
    Result match(String pattern, String address) {
        return match(caseSensitive, pattern, address);
    }

    /** As {@code re.match(pattern, address, re.IGNORECASE)}. */
    Result matchIgnoringCase(String pattern, String address) {
        return match(ignoringCase, pattern, address);
    }

    /** A pattern that is to be run with {@code re.IGNORECASE}. */
    PythonPattern ignoringCase(String pattern) {
        return ignoringCase.getUnchecked(pattern);
    }

    private static Result match(LoadingCache<String, PythonPattern> cache, String pattern, String address) {
        return address.length() > MAX_ADDRESS_LENGTH
                ? Result.CANNOT_TELL
                : cache.getUnchecked(pattern).match(address);
    }

    private static LoadingCache<String, PythonPattern> cache(boolean ignoringCase) {
        return CacheBuilder.newBuilder()
                .maximumWeight(MAX_KEPT)
                .weigher((String pattern, PythonPattern compiled) -> WEIGHT + pattern.length() / 100 + compiled.size())
                .build(CacheLoader.from((String pattern) -> PythonPattern.of(pattern, ignoringCase)));
    }
}
