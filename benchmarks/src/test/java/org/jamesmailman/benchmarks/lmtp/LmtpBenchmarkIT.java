// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jamesmailman.benchmarks.lmtp.report.Page;
import org.jamesmailman.benchmarks.lmtp.report.Plots;
import org.jamesmailman.benchmarks.lmtp.report.Tables;
import org.jamesmailman.benchmarks.lmtp.report.Targets;
import org.jamesmailman.benchmarks.lmtp.sides.Side;
import org.jamesmailman.benchmarks.lmtp.sides.Sides;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.QueuedEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That each side is what it says, and that what is measured is what it does, in windows as short as may be. */
class LmtpBenchmarkIT {
    private static final Workload WORKLOAD = new Workload(4_096, 2, 3, true);
    private static final Workload NEW_CONNECTIONS = new Workload(4_096, 1, 2, false);
    private static final Side.Span SPAN = new Side.Span(Duration.ZERO, Duration.ofMillis(400));

    private static Sides sides;

    @BeforeAll
    static void start() {
        sides = Sides.start();
    }

    @AfterAll
    static void end() throws Exception {
        sides.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OURS", "MAILMAN", "DOVECOT", "DISK"})
    void hasAFileForEachRecipientOfEachMessage(Kind kind) {
        Side side = sides.of(kind, Plan.FEW_LISTS);

        long counted = Math.round(measure(side, WORKLOAD).messages()) * WORKLOAD.recipients();

        // What was under way when the window ended is answered after it.
        long underWay = (long) WORKLOAD.sessions() * WORKLOAD.recipients();
        assertThat(side.stored()).isBetween(counted, counted + underWay);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OURS", "MAILMAN", "DOVECOT", "SINK"})
    void makesAConnectionForEachMessage(Kind kind) {
        assertThat(measure(sides.of(kind, Plan.FEW_LISTS), NEW_CONNECTIONS).messages())
                .isPositive();
    }

    @Test
    void injectsEachMessageOfEachSession() {
        Side side = sides.of(Kind.INJECT, Plan.FEW_LISTS);

        Measurement measured = side.measure(new Workload(4_096, 1, 2, true), SPAN);

        assertThat(side.stored()).isEqualTo(2);
        assertThat(measured.cpuMillis()).isPositive();
    }

    @Test
    void whatWeQueueIsWhatWasPosted() throws IOException {
        Side side = sides.of(Kind.OURS, Plan.FEW_LISTS);

        measure(side, new Workload(4_096, 1, 1, true));

        List<QueuedEntry> entries = sides.mailman(Plan.FEW_LISTS).site().entries();
        assertThat(entries).isNotEmpty();
        assertThat(Files.readString(entries.get(0).file(), StandardCharsets.ISO_8859_1))
                .contains("email\nmessage_from_bytes", "From: Firstname Surname <firstname.surname")
                .hasSizeGreaterThan(4_096);
    }

    @Test
    void tellsWhatItMeasured(@TempDir Path docs) throws Exception {
        Options options = Options.parse("--quick", "--seconds", "0.2", "--sides", "ours,disk", "--sessions", "8");

        Results results = new Rounds(options, sides, progress -> {}).run();
        Page page = new Page(Files.writeString(docs.resolve("page.md"), """
                # Before
                <!-- written by benchmarks/lmtp.sh --write: begin -->
                old
                <!-- written by benchmarks/lmtp.sh --write: end -->
                After
                """));
        page.write(Targets.of(results) + Tables.of(results));
        new Plots(results, docs).write();

        assertThat(page.file())
                .content()
                .contains("# Before", "After", "| ours |", "| raw disk |", "the raw disk, 8 sessions", "start to READY")
                .doesNotContain("old");
        assertThat(docs.resolve("rate-by-sessions.svg")).content().contains("<svg", "raw disk");
    }

    @Test
    void bringsPostsThroughPostfixByEachWay() {
        assertThat(new SeedExperiment(sides, 2, progress -> {}).run())
                .hasSize(4)
                .allMatch(way -> way.seconds() > 0);
    }

    /** In a window that is long enough for one message at least, however busy the machine. */
    private static Measured measure(Side side, Workload workload) {
        Duration window = SPAN.measured();
        Measurement measurement = side.measure(workload, SPAN);
        while (measurement.rate() == 0 && window.compareTo(Await.PATIENCE) < 0) {
            window = window.multipliedBy(4);
            measurement = side.measure(workload, new Side.Span(Duration.ZERO, window));
        }
        assertThat(measurement.refused()).isZero();
        assertThat(measurement.rate()).isPositive();
        assertThat(measurement.p50()).isPositive().isLessThanOrEqualTo(measurement.p99());
        return new Measured(measurement, window);
    }

    private record Measured(Measurement measurement, Duration window) {
        double messages() {
            return measurement.rate() * window.toMillis() / 1_000;
        }
    }
}
