// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.util.List;
import java.util.stream.Stream;

/** One thing that a standard, or this project, asks of an LMTP server, and how it is seen whether a server does it. */
interface Clause {
    /** What is seen where a server cannot be set up for a clause. */
    String NOT_TRIED = "not tried";

    /** The constant's name. */
    String name();

    /** What it asks, and how it is seen. */
    Definition definition();

    /** The standard and its section, as {@code RFC 2033 4.2}. */
    default String section() {
        return definition().section();
    }

    /** What the section asks, in one sentence. */
    default String sentence() {
        return definition().sentence();
    }

    /** Whether what was seen is what is seen of a server that keeps the clause. */
    default boolean isKeptBy(String seen) {
        return seen.matches(definition().kept());
    }

    /** Tells what is seen of a server, or {@link #NOT_TRIED}. */
    default String see(Server server) {
        return definition().check().see(server);
    }

    /**
     * What there is to say of a clause.
     *
     * @param kept a regular expression: what is seen of a server that keeps it
     * @param check tells what is seen, in few words that are the same at each run
     */
    record Definition(String section, String sentence, String kept, Check check) {}

    /** Tells what is seen of a server, or {@link #NOT_TRIED}. */
    @FunctionalInterface
    interface Check {
        String see(Server server);
    }

    /** All of them, in the order of the page. */
    static List<Clause> all() {
        return Stream.<Clause[]>of(
                        Rfc2033.values(),
                        Rfc5321Commands.values(),
                        Rfc5321Paths.values(),
                        Rfc5321Content.values(),
                        Extensions.values(),
                        FactsOfStock.values())
                .flatMap(Stream::of)
                .toList();
    }
}
