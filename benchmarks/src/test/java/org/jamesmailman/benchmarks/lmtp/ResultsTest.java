// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.jamesmailman.benchmarks.lmtp.sides.Sides.Kind;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void aMedianStandsInTheMiddle() {
        assertThat(Results.median(3, 1, 2)).isEqualTo(2);
        assertThat(Results.median(4, 1, 2, 3)).isEqualTo(2.5);
        assertThat(Results.median(new double[0])).isNaN();
    }

    @Test
    void aRatioIsTheMedianOfTheRatiosOfEachRound() {
        // The machine was ten times as slow in the second round, for both.
        assertThat(Results.ratio(rates(200, 20, 180), rates(100, 10, 100), Measurement::rate))
                .hasValue(2);
        assertThat(Results.ratio(rates(1), rates(), Measurement::rate)).isEmpty();
    }

    @Test
    void theDocumentationsPlanHasEverySideAndNoCellTwice() {
        List<Cell> cells = Plan.ofTheDocumentation().cells();

        assertThat(cells).doesNotHaveDuplicates();
        assertThat(cells).extracting(Cell::side).contains(Kind.values());
    }

    @Test
    void choicesAreCombined() {
        Options options = Options.parse("--sides", "ours,sink", "--sessions", "1,8", "--lists", "10,1000");

        // The sink knows no lists.
        assertThat(options.plan().cells()).hasSize(2 * 2 + 2);
        assertThat(options.innerParts()).isFalse();
        assertThat(options.throughPostfix()).isZero();
        assertThatThrownBy(() -> Options.parse("--sides", "theirs")).hasMessageContaining("usage: lmtp.sh");
    }

    private static List<Measurement> rates(double... rates) {
        return DoubleStream.of(rates)
                .mapToObj(rate -> new Measurement(rate, 0, 0, 0, 0, 0, 0))
                .toList();
    }
}
