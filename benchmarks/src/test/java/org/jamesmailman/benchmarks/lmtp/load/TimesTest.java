// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void aPercentileIsWhatThatShareDoesNotExceed() {
        Times times = new Times();
        for (int i = 10_000; i > 0; i--) {
            times.add(i);
        }

        assertThat(times.percentile(0.5)).isEqualTo(5_000);
        assertThat(times.percentile(0.99)).isEqualTo(9_900);
        assertThat(times.percentile(0.999)).isEqualTo(9_990);
        assertThat(new Times().percentile(0.99)).isZero();
    }

    @Test
    void whatEndsOutsideOfTheWindowIsNotCounted() {
        Tally tally = new Tally(new Window(100, 200));
        tally.answered(50, 99, true);
        tally.answered(50, 100, true);
        tally.answered(150, 199, false);
        tally.answered(150, 200, true);

        assertThat(tally.result().messages()).isEqualTo(1);
        assertThat(tally.result().refused()).isEqualTo(1);
        assertThat(LoadResult.parse(tally.result().line())).isEqualTo(tally.result());
    }
}
