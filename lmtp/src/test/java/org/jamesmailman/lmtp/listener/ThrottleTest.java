// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Throttle throttle = new Throttle(now::get);
    private final List<String> lines = new ArrayList<>();

    private void say(int times) {
        for (int i = 0; i < times; i++) {
            throttle.say(lines::add);
        }
    }

    @Test
    void letsTenThroughInAMinuteAndTellsHowManyItLeftOut() {
        say(25);
        assertThat(lines).isEqualTo(Collections.nCopies(10, ""));

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        say(2);
        assertThat(lines.subList(10, lines.size())).containsExactly(" (15 more before were left out)", "");
    }

    @Test
    void beginsNoNewMinuteBeforeItsTime() {
        say(10);
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        say(1);

        assertThat(lines).hasSize(10);
    }
}
