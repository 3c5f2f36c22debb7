// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On what we call undecodable Python raises; each case is asked of Python, too. */
class UndecodableHeaderTest {
    private static MailmanOracle mailman;

    @BeforeAll
    static void startMailman() {
        mailman = MailmanOracle.start(List.of("from"));
    }

    @AfterAll
    static void stopMailman() throws IOException {
        mailman.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?x-unknown?q?Anne?= <anne@example.com>",
                "=?iso-8859-8-i?b?7vE=?= <anne@example.com>",
                "=?windows-874?q?a?= <anne@example.com>",
                "=?utf-8*en?q?Anne?= <anne@example.com>",
                "Anne =?us-ascii?q?=E9?= <anne@example.com>",
                "=?utf-8?q?=E9?= <anne@example.com>",
                "=?utf-8?q?=C3?=\r\n =?utf-8?q?=28?= <anne@example.com>",
                "=?utf-8?q?=C3?= and =?utf-8?q?=A9?= <anne@example.com>",
                "=?utf-8?q?=C3?= =?iso-8859-1?q?=A9?= <anne@example.com>",
                "=?windows-1252?q?=81?= <anne@example.com>",
                "=?utf-8?b?YWJjZ?= <anne@example.com>",
                "=?utf-8?b?YWJj=YW?= <anne@example.com>",
                "anne@example.com,\r\n =?x-none?Q?=20?= <bart@example.com>"
            })
    void tellsWhatPythonRaisesOn(String value) throws IOException {
        assertThat(raises(value)).isTrue();
        assertThat(UndecodableHeader.isUndecodable(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anne <anne@example.com>",
                "=?utf-8?q?=C3?= =?utf-8?q?=A9?= <anne@example.com>",
                "=?UTF-8?q?=C3?=\r\n\t=?utf-8?q?=A9?= <anne@example.com>",
                "=?UTF_8?q?=C3=A9?= <anne@example.com>",
                "=?unknown-8bit?q?=E9?= <anne@example.com>",
                "=?ISO_8859-1:1987?q?=E9?= <anne@example.com>",
                "=?gb2312?b?xOM=?= <anne@example.com>",
                "=?x-unknown?q?Anne <anne@example.com>",
                "=?x-unknown?z?Anne?= <anne@example.com>",
                "\u00e9 =?x-unknown?q?Anne?= <anne@example.com>"
            })
    void leavesWhatPythonDecodes(String value) throws IOException {
        assertThat(raises(value)).isFalse();
        assertThat(UndecodableHeader.isUndecodable(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?cp-850?q?=82?= <anne@example.com>", "=?gb2312?q?=FF?= <anne@example.com>"})
    void leavesWhatOnlyPythonCanTell(String value) throws IOException {
        assertThat(raises(value)).isTrue();
        assertThat(UndecodableHeader.isUndecodable(value)).isFalse();
    }

    private static boolean raises(String value) throws IOException {
        byte[] message = ("From: " + value + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return mailman.ask(message, "<>").senders().stream().anyMatch(sender -> sender.startsWith("!"));
    }
}
