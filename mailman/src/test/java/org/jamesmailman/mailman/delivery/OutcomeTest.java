// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jamesmailman.mailman.verdict.Replies;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void refusesWithNoReplyThatAccepts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcome.Refused(Replies.dropped("ant@example.com"), "why"))
                .withMessageContaining("250");
    }

    @Test
    void dropsWithNoReplyThatRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcome.Dropped(Replies.mayNotPost("ant@example.com"), "why"))
                .withMessageContaining("550");
    }
}
