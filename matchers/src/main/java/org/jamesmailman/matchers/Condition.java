// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import com.google.common.base.Splitter;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.mailet.MatcherConfig;
import org.jamesmailman.mailman.address.Destination;

/** The condition of a matcher: words between commas. */
final class Condition {
    private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();

    /** Labels of letters, digits and dashes; no two quantifiers compete for a character. */
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    /** RFC 1035 2.3.4; also keeps the pattern's recursion shallow. */
    private static final int MAX_DOMAIN_LENGTH = 255;

    private final String matcher;
    private final List<String> words;

    Condition(MatcherConfig config) {
        this.matcher = config.getMatcherName();
        String condition = config.getCondition();
        this.words = condition == null ? List.of() : COMMAS.splitToList(condition.toLowerCase(Locale.ROOT));
    }

    /**
     * Destinations at these domains, or at any when there are none.
     *
     * @throws MessagingException when a word is no domain
     */
    Predicate<Destination> domains() throws MessagingException {
        for (String word : words) {
            if (word.length() > MAX_DOMAIN_LENGTH || !DOMAIN.matcher(word).matches()) {
                throw wrong(
                        word, "domains of lists between commas, as lists.example.com,example.org, or nothing for all");
            }
        }
        Set<String> domains = Set.copyOf(words);
        return destination -> domains.isEmpty() || domains.contains(destination.mailHost());
    }

    /**
     * The constants of an enum that the words name, dashes for underscores.
     *
     * @throws MessagingException when there is no word, or one names none
     */
    <E extends Enum<E>> Set<E> oneOrMoreOf(Class<E> type) throws MessagingException {
        String known =
                Arrays.stream(type.getEnumConstants()).map(Condition::word).collect(Collectors.joining(","));
        if (words.isEmpty()) {
            throw wrong("", "one or more of " + known);
        }
        for (String word : words) {
            if (Arrays.stream(type.getEnumConstants())
                    .noneMatch(constant -> word(constant).equals(word))) {
                throw wrong(word, "one or more of " + known);
            }
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> words.contains(word(constant)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private MessagingException wrong(String word, String remedy) {
        return new MessagingException("The condition of matcher " + matcher + " has \"" + word + "\": write match=\""
                + matcher + "=...\" with " + remedy);
    }
}
