// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jamesmailman.mailman.policy.PythonPatternTranslator.Translation;

/**
 * A Python regular expression, which is run when Python gives the same answer for certain. It takes time linear in the
 * text and in the pattern's size. Immutable and thread-safe.
 */
final class PythonPattern {
    /** What came of running a pattern. */
    enum Result {
        MATCHES,
        MATCHES_NOT,
        /** Python is certain to raise {@code re.error}. */
        MALFORMED,
        CANNOT_TELL
    }

    private record Program(Pattern pattern, Translation translation) {}

    private final String pattern;
    private final boolean ignoringCase;
    private final Optional<Program> forAscii;
    private final Result otherwise;
    /** Made when the first text comes that is not ASCII; it is larger and slower. */
    private volatile Optional<Optional<Program>> forOthers = Optional.empty();

    private PythonPattern(String pattern, boolean ignoringCase, Optional<Program> forAscii, Result otherwise) {
        this.pattern = pattern;
        this.ignoringCase = ignoringCase;
        this.forAscii = forAscii;
        this.otherwise = otherwise;
    }

    /** Compiles a pattern, as {@code re.compile(pattern)} or {@code re.compile(pattern, re.IGNORECASE)}. */
    static PythonPattern of(String pattern, boolean ignoringCase) {
        try {
            return new PythonPattern(
                    pattern, ignoringCase, program(pattern, ignoringCase, Re2Text.ASCII), Result.CANNOT_TELL);
        } catch (PythonPatternException e) {
            return new PythonPattern(
                    pattern, ignoringCase, Optional.empty(), e.isMalformed() ? Result.MALFORMED : Result.CANNOT_TELL);
        }
    }

    private static Optional<Program> program(String pattern, boolean ignoringCase, Re2Text re2)
            throws PythonPatternException {
        Translation translation = PythonPatternTranslator.translate(pattern, ignoringCase, re2);
        int flags = translation.ignoringCase() ? Pattern.CASE_INSENSITIVE : 0;
        try {
            return Optional.of(new Program(Pattern.compile(translation.re2(), flags), translation));
        } catch (PatternSyntaxException e) {
            // RE2 counts repetitions of repetitions.
            return Optional.empty();
        }
    }

    private Optional<Program> forOthers() {
        if (forOthers.isEmpty()) {
            try {
                forOthers = Optional.of(program(pattern, ignoringCase, Re2Text.KNOWN));
            } catch (PythonPatternException e) {
                forOthers = Optional.of(Optional.empty());
            }
        }
        return forOthers.get();
    }

    /** A measure of its memory, and of the time that it takes for each character of a text. */
    int size() {
        return forAscii.map(known -> known.translation.size()).orElse(0) + 1;
    }

    /** As {@code re.match}: from the start of the text. */
    Result match(String text) {
        return run(text, Matcher::lookingAt);
    }

    /** As {@code re.search}: anywhere in the text. */
    Result search(String text) {
        return run(text, Matcher::find);
    }

    private interface Run {
        boolean matches(Matcher matcher);
    }

    private Result run(String text, Run run) {
        if (forAscii.isEmpty()) {
            return otherwise;
        }
        boolean ascii = isAscii(text);
        Translation translation = forAscii.get().translation;
        if (!mayRunOn(text, translation) || (!ascii && !mayRunBeyondAscii(text, translation))) {
            return Result.CANNOT_TELL;
        }
        return (ascii ? forAscii : forOthers())
                .map(program -> run.matches(program.pattern.matcher(text)) ? Result.MATCHES : Result.MATCHES_NOT)
                .orElse(Result.CANNOT_TELL);
    }

    private static boolean mayRunOn(String text, Translation pattern) {
        return !(pattern.asksForEnd() && text.endsWith("\n")) && !(pattern.asksForNoBoundary() && text.isEmpty());
    }

    private static boolean mayRunBeyondAscii(String text, Translation pattern) {
        return KnownCharacters.makeUp(text)
                // To RE2 words are of ASCII where it looks for their ends.
                && !(pattern.asksForWords() && text.codePoints().anyMatch(KnownCharacters::isWordBeyondAscii));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
