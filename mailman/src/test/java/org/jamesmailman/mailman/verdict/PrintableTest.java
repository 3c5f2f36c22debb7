// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void leavesPrintableAsciiAsItIs() {
        StringBuilder printable = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            printable.append(c);
        }
        assertThat(Printable.ascii(printable.toString(), 95)).isEqualTo(printable.toString());
    }

    @Test
    void replacesEverythingElse() {
        assertThat(Printable.ascii("\0\t\r\n\u001b\u007f\u0080\u00a0\u00e9\u2028\uffff", 99))
                .isEqualTo("?".repeat(11));
    }

    @Test
    void cutsToTheLength() {
        assertThat(Printable.ascii("abc", 3)).isEqualTo("abc");
        assertThat(Printable.ascii("abc", 2)).isEqualTo("ab");
        assertThat(Printable.ascii("abc", 0)).isEmpty();
        assertThat(Printable.ascii("", 5)).isEmpty();
    }

    @Test
    void letsNoAddressEndWithinALine() {
        assertThat(Printable.address("anne+x=y'z@example.com", 99)).isEqualTo("anne+x=y'z@example.com");
        assertThat(Printable.address("\"x> to=<boss@example.com> reply=\"@example.com\n", 99))
                .isEqualTo("?x??to=?boss@example.com??reply=?@example.com?");
        assertThat(Printable.address("a\"b", 2)).isEqualTo("a?");
    }

    @Test
    void letsNoTextEndItsQuotes() {
        assertThat(Printable.quoted("550 <\"a\"@example.com> no\t", 99)).isEqualTo("550 <?a?@example.com> no?");
    }

    @Test
    void letsNothingElseThroughWhateverTheText() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            String text = random.ints(50, 0, 0x10000)
                    .collect(StringBuilder::new, (built, c) -> built.append((char) c), StringBuilder::append)
                    .toString();
            assertThat(Printable.ascii(text, 40)).matches("[ -~]{40}");
        }
    }
}
