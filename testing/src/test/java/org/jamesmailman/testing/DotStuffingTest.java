// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffingTest {
    @ParameterizedTest
    @CsvSource({
        "'', '.~'",
        "'a~', 'a~.~'",
        "'a', 'a~.~'",
        "'.~', '..~.~'",
        "'..a~.~', '...a~..~.~'",
        "'a.~b', 'a.~b~.~'",
        "'~~', '~~.~'",
    })
    void doublesTheDotsAtTheStartsOfLines(String message, String stuffed) {
        assertThat(DotStuffing.stuffed(octets(message))).isEqualTo(octets(stuffed));
    }

    private static byte[] octets(String text) {
        return text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
