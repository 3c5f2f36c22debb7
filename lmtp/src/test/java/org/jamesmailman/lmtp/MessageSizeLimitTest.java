// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSizeLimitTest extends OnTheWire {
    @ParameterizedTest
    @CsvSource({
        "0, 0, SIZE",
        "1000, 0, SIZE 1000",
        "0, 2048, SIZE 2048",
        "1000, 2048, SIZE 1000",
        "3000, 2048, SIZE 2048"
    })
    void announcesTheSmallerOfOurLimitAndTheListeners(long ours, long listeners, String announced) {
        restart(another().withMaxSize(ours).withListenerMaxSize(listeners));

        assertThat(client.ask("LHLO client.example").lines().toList().get(4)).isEqualTo("250 " + announced);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0", "0, 1000", "1000, 2048", "3000, 1000"})
    void refusesAtMailWhatIsLargerThanItAnnounces(long ours, long listeners) {
        restart(another().withMaxSize(ours).withListenerMaxSize(listeners));

        assertThat(client.ask("MAIL FROM:<anne@example.com> SIZE=1001"))
                .isEqualTo("552 5.3.4 message is larger than this server takes, 1000 octets");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("503 5.5.1");
        assertThat(client.ask("MAIL FROM:<anne@example.com> SIZE=1000")).startsWith("250");
    }

    @Test
    void takesAnySizeWhereThereIsNoLimit() {
        assertThat(client.ask("MAIL FROM:<anne@example.com> SIZE=99999999999999999999"))
                .startsWith("250");
    }
}
