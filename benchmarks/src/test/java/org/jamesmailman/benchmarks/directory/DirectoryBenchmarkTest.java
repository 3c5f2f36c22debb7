// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jamesmailman.mailman.directory.DirectoryKeeper;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Verdict;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the benchmark measures what it says, on a site so small that it takes no time. */
class DirectoryBenchmarkTest {
    private static final int LISTS = 3;
    private static final int MEMBERS = 4;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql", "rest"})
    void findsTheListsJudgesThePostsAndSeesTheChanges(String source, @TempDir Path folder) throws Exception {
        try (LargeSite site = LargeSite.make(folder, SiteDatabase.named(source), LISTS, MEMBERS)) {
            Lookups lookups = new Lookups();
            lookups.url = site.url();
            lookups.lists = LISTS;
            lookups.membersOfEach = MEMBERS;
            lookups.setUp();
            assertThat(lookups.recipient()).isInstanceOf(org.jamesmailman.mailman.address.Resolution.Found.class);
            assertThat(java.util.stream.Stream.generate(() -> decision(lookups))
                            .limit(200)
                            .map(Decision::verdict))
                    .hasAtLeastOneElementOfType(Verdict.Accept.class)
                    .hasAtLeastOneElementOfType(Verdict.Reject.class);
            try (DirectoryKeeper keeper = DirectoryKeeper.start(
                    SiteDatabase.source(site.url()), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
                keeper.awaitFirstLoad(Duration.ofMinutes(1));
                Changes.Latency latency = new Changes(site, keeper).measure(4);
                assertThat(latency.worst()).isGreaterThanOrEqualTo(latency.median());
            }
        }
    }

    private static Decision decision(Lookups lookups) {
        try {
            return lookups.post();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
