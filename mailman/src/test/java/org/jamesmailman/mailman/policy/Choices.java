// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a generator makes of its dice. */
final class Choices {
    private final Random random;

    Choices(Random random) {
        this.random = random;
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** From 0 to below the limit. */
    int below(int limit) {
        return random.nextInt(limit);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** At least one, and seldom many. */
    <T> List<T> some(Supplier<T> one) {
        return Stream.generate(one).limit(1 + random.nextInt(3)).toList();
    }

    String changeCase(String text) {
        return text.isEmpty() || random.nextInt(4) > 0
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    Random random() {
        return random;
    }
}
