// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(Json.object(" {\"s\": \"a\\n\\\"\\u00e9\\udc80\", \"n\": -1.5e3, \"t\": true, \"f\": false,"
                        + "\"0\": null, \"l\": [1, [], {}], \"o\": {\"x\": \"\"}} "))
                .isEqualTo(Map.of(
                        "s",
                        "a\n\"\u00e9\udc80",
                        "n",
                        new BigDecimal("-1.5e3"),
                        "t",
                        true,
                        "f",
                        false,
                        "0",
                        Json.NULL,
                        "l",
                        List.of(BigDecimal.ONE, List.of(), Map.of()),
                        "o",
                        Map.of("x", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"}", "{\"a\":}", "{} x", "{\"a\": tru}", "{\"a\": [1 2]}", "{\"a\": \"x"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
