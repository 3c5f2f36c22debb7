// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Runs Python's regular expressions where another engine gives the same answer for certain, in time linear in the text.
 *
 * <p>What {@link PythonPatternTranslator} cannot translate is left to Python: Mailman's {@code re} may find it
 * malformed, or read it in its own way. Compiled patterns are kept, a bounded number of them. Thread-safe.
 */
final class PythonPatterns {
    /** What came of running a pattern. */
    enum Result {
        MATCHES,
        MATCHES_NOT,
        CANNOT_TELL
    }

    private static final int MAX_KEPT = 10_000;

    /** RFC 5321 4.5.3.1.3 has no longer address; the time that a match takes grows with the text. */
    private static final int MAX_TEXT_LENGTH = 256;

    private final LoadingCache<String, Optional<Pattern>> caseSensitive = cache(0);
    private final LoadingCache<String, Optional<Pattern>> ignoringCase = cache(Pattern.CASE_INSENSITIVE);

    /** As {@code re.match(pattern, text)}. */
    Result match(String pattern, String text) {
        return run(caseSensitive, pattern, text);
    }

    /** As {@code re.match(pattern, text, re.IGNORECASE)}. */
    Result matchIgnoringCase(String pattern, String text) {
        return run(ignoringCase, pattern, text);
    }

    private static Result run(LoadingCache<String, Optional<Pattern>> cache, String pattern, String text) {
        if (!isOrdinary(text)) {
            return Result.CANNOT_TELL;
        }
        return cache.getUnchecked(pattern)
                .map(compiled -> compiled.matcher(text).lookingAt() ? Result.MATCHES : Result.MATCHES_NOT)
                .orElse(Result.CANNOT_TELL);
    }

    /**
     * Whether the text is one line of ASCII, and not longer than any address. (Python folds case, and counts digits and
     * letters, by a table of Unicode that is its own; its {@code $} also matches before a line feed at the end.)
     */
    private static boolean isOrdinary(String text) {
        return text.length() <= MAX_TEXT_LENGTH && text.chars().allMatch(c -> c < 0x80 && c != '\n');
    }

    private static LoadingCache<String, Optional<Pattern>> cache(int flags) {
        return CacheBuilder.newBuilder()
                .maximumSize(MAX_KEPT)
                .build(CacheLoader.from(pattern -> PythonPatternTranslator.compile(pattern, flags)));
    }
}
