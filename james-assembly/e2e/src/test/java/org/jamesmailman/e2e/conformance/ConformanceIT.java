// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each of three servers keeps each clause of its standards, or deviates exactly as is named; and the page about it
 * tells what was seen.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConformanceIT {
    private static final Map<String, Server> SERVERS = new LinkedHashMap<>();
    private static final Map<String, Deviations> DEVIATIONS = new LinkedHashMap<>();
    private static final ConformancePage PAGE = new ConformancePage();

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.start();
        add(JamesServer.start(JamesServer.Listener.OURS, site), Deviations.ofOurs());
        add(JamesServer.start(JamesServer.Listener.STOCK, site), Deviations.ofStock());
        add(new MailmanServer(site), Deviations.ofMailman());
    }

    private static void add(Server server, Deviations deviations) {
        SERVERS.put(server.heading(), server);
        DEVIATIONS.put(server.heading(), deviations);
        PAGE.add(server.heading(), deviations);
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
        site.close();
    }

    static Stream<Arguments> clausesOfEachServer() {
        return SERVERS.keySet().stream().flatMap(server -> Clause.all().stream()
                .map(clause -> arguments(server, clause.section(), clause.sentence(), clause)));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("clausesOfEachServer")
    @Order(1)
    void keepsTheClauseOrDeviatesAsNamed(String server, String section, String sentence, Clause clause) {
        String seen = clause.see(SERVERS.get(server));
        PAGE.note(server, clause, seen);

        Optional<Deviation> deviation = DEVIATIONS.get(server).of(clause);
        if (seen.equals(Clause.NOT_TRIED)) {
            assertThat(SERVERS.get(server)).isInstanceOf(MailmanServer.class);
        } else if (deviation.isPresent()) {
            assertThat(seen)
                    .as("the deviation of %s from %s (%s) that is named", server, clause, sentence)
                    .isEqualTo(deviation.get().seen());
            assertThat(clause.isKeptBy(seen))
                    .as("%s keeps %s by %s, and a deviation is named", server, clause, seen)
                    .isFalse();
        } else {
            assertThat(seen)
                    .as("%s of %s: %s", clause, server, sentence)
                    .matches(clause.definition().kept());
        }
    }

    @Test
    @Order(2)
    void tellsOnThePageWhatWasSeen() {
        if (Boolean.getBoolean(ConformancePage.WRITE)) {
            PAGE.write();
        }
        assertThat(PAGE.text()).isEqualTo(ConformancePage.committed()).doesNotContain("| ? |");
    }
}
