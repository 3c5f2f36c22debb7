// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    @Test
    void doesNotCountWhomItTurnsAway() {
        ConnectionLimits limits = new ConnectionLimits(2, 1);
        assertThat(limits.enter()).isTrue();
        assertThat(limits.enter()).isTrue();
        assertThat(limits.enter(CLIENT)).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(limits.enter()).isFalse();
            assertThat(limits.enter(CLIENT)).isFalse();
        }
        limits.leave();
        limits.leave(CLIENT);

        assertThat(limits.enter()).isTrue();
        assertThat(limits.enter()).isFalse();
        assertThat(limits.enter(CLIENT)).isTrue();
        assertThat(limits.enter(CLIENT)).isFalse();
    }

    @Test
    void hasNoLimitWhereNoneIsSet() {
        ConnectionLimits limits = new ConnectionLimits(0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limits.enter()).isTrue();
            assertThat(limits.enter(CLIENT)).isTrue();
        }
    }

    @Test
    void boundsHowManyWhomItTurnsAwayMayTakeTheirTime() {
        ConnectionLimits limits = new ConnectionLimits(1, 1);
        int lingering = 0;
        while (limits.linger()) {
            lingering++;
        }

        assertThat(lingering).isEqualTo(100);
        limits.lingered();
        assertThat(limits.linger()).isTrue();
    }
}
