// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.time.Duration;

/** Limits that no test comes to. */
final class LimitsFixture {
    static final QueueLimits LOOSE = new QueueLimits(Duration.ofHours(1), 0, 0);

    private LimitsFixture() {}
}
