// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
    @Test
    void putsTheEnhancedCodeBeforeTheText() {
        Reply reply = new Reply(550, "5.1.1", "no such list");
        assertThat(reply.enhancedText()).isEqualTo("5.1.1 no such list");
        assertThat(reply).hasToString("550 5.1.1 no such list");
    }

    @ParameterizedTest
    @CsvSource({"250, 2.1.5, true", "200, 2.0.0, true", "299, 2.0.0, true", "421, 4.3.2, false", "559, 5.0.0, false"})
    void acceptsWithTheClassTwoOnly(int code, String enhanced, boolean accepting) {
        assertThat(new Reply(code, enhanced, "x").isAccepting()).isEqualTo(accepting);
    }

    @ParameterizedTest
    @CsvSource({
        "199, 1.0.0", "560, 5.0.0", "55, 5.0.0", "5500, 5.0.0", "-250, 2.0.0", "354, 3.0.0", "250, 5.0.0", "550, 2.0.0",
        "451, 5.3.0", "550, ''", "550, 5", "550, 5.1", "550, 5.1.", "550, 5.1.1.1", "550, 5.1.1 x", "550, 5.1234.1",
        "550, 5.-1.1", "550, '5.1.1\r\n250 2.0.0'", "550, x.1.1"
    })
    void refusesCodesThatNoReplyHas(int code, String enhanced) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reply(code, enhanced, "x"))
                .withMessageContaining(Integer.toString(code));
    }

    @Test
    void isOneLineOfPrintableAsciiWhateverAnOutsiderPutIntoIt() {
        assertThat(new Reply(550, "5.1.1", "<a\r\n250 2.0.0 ok\t\u001b[2J\0\u00e9\ud83d\ude00@b>").text())
                .isEqualTo("<a??250 2.0.0 ok??[2J????@b>");
    }

    @Test
    void fitsInAReplyLine() {
        Reply reply = new Reply(550, "5.555.555", "x".repeat(10_000));
        assertThat(reply + "\r\n").as("RFC 5321 4.5.3.1.5").hasSizeLessThanOrEqualTo(512);
        assertThat(reply.text()).startsWith("x".repeat(400));
    }
}
