// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.jamesmailman.mailman.message.HeapMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormTest {
    @ParameterizedTest
    @MethodSource("forms")
    void everyLineEndsWithCrlf(String given, String onTheWire) throws IOException {
        HeapMessage message = WireForm.of(given.getBytes(ISO_8859_1));

        assertThat(new String(message.openStream().readAllBytes(), ISO_8859_1)).isEqualTo(onTheWire);
        assertThat(message.size()).isEqualTo(onTheWire.length());
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"),
                Arguments.of("a\n\nb\n", "a\r\n\r\nb\r\n"),
                Arguments.of("\n", "\r\n"),
                Arguments.of("a\r\nb\nc\r\n", "a\r\nb\r\nc\r\n"),
                Arguments.of("a\r\nb", "a\r\nb\r\n"),
                Arguments.of("a\nb", "a\r\nb\r\n"),
                Arguments.of("a\rb\n", "a\rb\r\n"),
                Arguments.of("a\r", "a\r\r\n"),
                Arguments.of("\u00e9\0\n", "\u00e9\0\r\n"));
    }
}
