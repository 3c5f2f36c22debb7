// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jamesmailman.benchmarks.lmtp.sides.Side;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;

/**
 * What the command line asks for.
 *
 * @param rounds how often everything is measured
 * @param span of each measurement
 * @param warmUp how many messages each of our servers takes before the first round
 * @param write whether the documentation is written anew
 * @param throughPostfix how many messages are posted through Postfix, by each way; 0 for none
 * @param innerParts whether the hot inner parts are measured, too
 */
record Options(
        Plan plan, int rounds, Side.Span span, int warmUp, boolean write, int throughPostfix, boolean innerParts) {
    static final String USAGE = """
            usage: lmtp.sh [--write] [--quick] [--rounds N] [--seconds N] [--warm-up MESSAGES]
                           [--sides ours,mailman,inject,dovecot,sink,disk] [--sizes 4,100] [--recipients 1,10]
                           [--sessions 1,8,32,128] [--connections kept,new] [--lists 10,1000,10000]
                           [--through-postfix MESSAGES] [--inner]
            Without a choice of sides, sizes and so on: what docs/benchmarks.md tells of.""";

    private static final Set<String> FLAGS = Set.of("--write", "--quick", "--inner");
    private static final Set<String> CHOICES =
            Set.of("--sides", "--sizes", "--recipients", "--sessions", "--connections", "--lists");
    private static final Set<String> NUMBERS = Set.of("--rounds", "--seconds", "--warm-up", "--through-postfix");

    /** @throws IllegalArgumentException with a sentence, when it cannot be understood */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (FLAGS.contains(name)) {
                given.put(name, "");
            } else if ((CHOICES.contains(name) || NUMBERS.contains(name)) && i + 1 < arguments.length) {
                given.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException(name + " is not known, or has no value\n" + USAGE);
            }
        }
        boolean isQuick = given.containsKey("--quick");
        boolean isChosen = isQuick || given.keySet().stream().anyMatch(CHOICES::contains);
        int rounds = Integer.parseInt(given.getOrDefault("--rounds", isQuick ? "1" : "5"));
        Duration measured = seconds(given.getOrDefault("--seconds", isQuick ? "1" : "3"));
        int warmUp = Integer.parseInt(given.getOrDefault("--warm-up", isQuick ? "0" : "20000"));
        return new Options(
                isChosen ? chosen(given, isQuick) : Plan.ofTheDocumentation(),
                rounds,
                new Side.Span(Duration.ofMillis(isQuick ? 200 : 700), measured),
                warmUp,
                given.containsKey("--write"),
                Integer.parseInt(given.getOrDefault(
                        "--through-postfix", isChosen ? "0" : Integer.toString(SeedExperiment.MESSAGES))),
                !isChosen || given.containsKey("--inner"));
    }

    private static Plan chosen(Map<String, String> given, boolean isQuick) {
        List<Kind> sides = given.containsKey("--sides")
                ? Stream.of(given.get("--sides").split(",", -1))
                        .map(Options::side)
                        .toList()
                : List.of(Kind.values());
        return Plan.of(
                sides,
                Arrays.stream(numbers(given.getOrDefault("--sizes", "4")))
                        .map(kib -> kib * 1_024)
                        .toArray(),
                numbers(given.getOrDefault("--recipients", "1")),
                numbers(given.getOrDefault("--sessions", isQuick ? "2" : "8")),
                Stream.of(given.getOrDefault("--connections", "kept").split(",", -1))
                        .map(Options::keeps)
                        .toList(),
                numbers(given.getOrDefault("--lists", "10")));
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000));
    }

    private static int[] numbers(String values) {
        return Stream.of(values.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static Kind side(String name) {
        try {
            return Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no side called " + name + "\n" + USAGE, e);
        }
    }

    private static boolean keeps(String connections) {
        return switch (connections) {
            case "kept" -> true;
            case "new" -> false;
            default ->
                throw new IllegalArgumentException("connections are kept or new, not " + connections + "\n" + USAGE);
        };
    }
}
