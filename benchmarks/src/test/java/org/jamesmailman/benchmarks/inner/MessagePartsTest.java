// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jamesmailman.mailman.message.Senders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each part does its work in what is measured. */
class MessagePartsTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void doTheirWork(int size) throws IOException {
        MessageParts parts = new MessageParts();
        parts.size = size;
        parts.setUp();

        assertThat(parts.framing()).isTrue();
        assertThat(parts.framing()).isTrue();
        assertThat(parts.mimePass().isSound()).isTrue();
        assertThat(parts.senders()).isInstanceOfSatisfying(Senders.Known.class, known -> assertThat(known.toString())
                .contains("firstname.surname1@"));
        assertThat(parts.fingerprint()).isNotNull();
        assertThat(parts.pickle()).isGreaterThan(100);
    }
}
