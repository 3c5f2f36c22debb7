// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected here is what Python 3.11 answered to {@code str(make_header(decode_header(value)))}. */
class EncodedWordsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "plain, plain",
                "=?utf-8?q?a_b=3D?=, a b=",
                "=?utf-8?Q?=c3=89?= x, \u00c9 x",
                "x =?UTF-8?B?w4k=?=, x \u00c9",
                "x=?utf-8?b?w4k?=y, x \u00c9 y",
                "(=?utf-8?b?w4k?=), (\u00c9)",
                "=?utf-8?q?a?= =?utf-8?q?b?=, ab",
                "=?utf-8?q?a?= =?iso-8859-1?q?b?=, ab",
                "=?latin-1?q?a?= =?iso-8859-1?q?b?=, a b",
                "=?utf-8?q?a?==?utf-8?q?b?=, ab",
                "=?utf-8?q?=?=, =",
                "=?utf-8?x?a?=, =?utf-8?x?a?=",
                "=?utf-8?q?a, =?utf-8?q?a",
                "=?iso-8859-1?b?ab=cdef=gh==?=, i\u00b7\u001dy\u00f8!"
            })
    void decodesAsPythonDoes(String value, String text) {
        assertThat(EncodedWords.decode(value)).contains(text);
    }

    @Test
    void joinsFoldedEncodedWords() {
        assertThat(EncodedWords.decode("=?utf-8?q?a?=\r\n =?utf-8?q?b?=\r\n c")).contains("ab c");
    }

    @Test
    void keepsLineEndsWhereNothingIsEncoded() {
        assertThat(EncodedWords.decode("a\r\n b")).contains("a\r\n b");
    }

    @Test
    void decodesNothingBesideRawOctets() {
        assertThat(EncodedWords.decode("\u00e9 =?utf-8?q?a?=")).contains("\ufffd =?utf-8?q?a?=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?utf-8?b?a?=", "=?utf-8?q?=C3?=", "=?x?q?a?=", "=??q?a?=", "=?us-ascii?q?=80?="})
    void givesUpWherePythonMayRaise(String value) {
        assertThat(EncodedWords.decode(value)).isEmpty();
    }

    @Test
    void takesLinearTimeForBeginningsWithoutEnd() {
        assertThat(EncodedWords.decode("=?a?q?x".repeat(100_000) + "\n?=")).isPresent();
    }
}
