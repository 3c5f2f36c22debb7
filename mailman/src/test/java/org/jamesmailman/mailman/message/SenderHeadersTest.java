// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderHeadersTest {
    private static final SenderHeaders DEFAULTS = new SenderHeaders(List.of("from", "from_", "reply-to", "sender"));

    @Test
    void readsTheHeadersInTheOrderOfTheirWeight() {
        String message = "Sender: d@x.org\r\nReply-To: c@x.org\r\nFrom: Anne <a@x.org>\r\n\r\n";

        assertThat(DEFAULTS.read(headers(message), "b@x.org"))
                .isEqualTo(known("a@x.org", "b@x.org", "c@x.org", "d@x.org"));
        assertThat(new SenderHeaders(List.of("SENDER", "From_")).read(headers(message), "b@x.org"))
                .isEqualTo(known("d@x.org", "b@x.org"));
    }

    @Test
    void keepsEachSenderAsOftenAsItIsNamedInLowerCase() {
        assertThat(senders("From: A@X.org, b@x.org\r\nFrom: a@x.org\r\n\r\n"))
                .isEqualTo(known("a@x.org", "b@x.org", "a@x.org"));
    }

    @Test
    void callsTheFirstOneTheSender() {
        assertThat(known("a@x.org", "b@x.org").sender()).contains("a@x.org");
        assertThat(known().sender()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<>", "", "root", "a@localhost", "a@-x.org", "a@x..org", "a|b@x.org", "\u00e9@x.org", "@x.org"})
    void dropsAReversePathThatIsNoValidAddress(String reversePath) {
        assertThat(DEFAULTS.read(headers("Subject: x\r\n\r\n"), reversePath)).isEqualTo(known());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.org",
                "<a@x.org>",
                "Anne Person <a@x.org>",
                "\"Person, Anne\" <a@x.org>",
                "\"a (b) <c@d.org>\" <a@x.org>",
                "a@x.org (Anne)",
                "J. R. <a@x.org>",
                "=?utf-8?q?=C3=89lise?= <a@x.org>",
                "=?UTF-8?B?w4lsaXNl?=\r\n =?utf-8?Q?_M=C3=BCller?= <a@x.org>",
                "=?iso-8859-1?q?=C9lise?= <a@x.org>",
                "\u00c9lise <a@x.org>",
                "Anne\r\n\t<a@x.org>",
                "<@relay.org:a@x.org>"
            })
    void knowsTheSender(String from) {
        assertThat(senders("From: " + from + "\r\n\r\n")).isEqualTo(known("a@x.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.org (Doe, Anne)",
                "a@x.org,",
                "b@y.org <a@x.org>",
                "a@x.org (open",
                "\"a\" b@y.org <a@x.org>"
            })
    void leavesWhatLenientAndStrictPythonsReadDifferently(String from) {
        assertThat(senders("From: " + from + "\r\n\r\n")).isInstanceOf(Senders.Undecidable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?x-unknown?q?Anne?= <a@x.org>",
                "=?utf-8?q?=FF?= <a@x.org>",
                "=?us-ascii?q?=E9?= <a@x.org>",
                "=?utf-8?b?w?= <a@x.org>",
                "=?utf-8*en?q?Anne?= <a@x.org>",
                "=?iso-2022-jp?B?GyRCJDMbKEI=?= <a@x.org>"
            })
    void leavesEncodedWordsThatItCannotDecodeAsPythonDoes(String from) {
        assertThat(senders("From: " + from + "\r\n\r\n")).isInstanceOf(Senders.Undecidable.class);
    }

    @Test
    void leavesGroupsAndCommentsThatAreNestedTooDeeply() {
        assertThat(senders("From: " + "g:".repeat(10_000) + "a@x.org\r\n\r\n")).isInstanceOf(Senders.Undecidable.class);
        assertThat(senders("From: " + "(".repeat(10_000) + "a@x.org\r\n\r\n")).isInstanceOf(Senders.Undecidable.class);
    }

    @Test
    void leavesAHeaderThatIsTooLarge() {
        String message = "X: " + "x".repeat(100_000) + "\r\nFrom: a@x.org\r\n\r\n";

        assertThat(senders(message)).isInstanceOf(Senders.Undecidable.class);
    }

    @Test
    void leavesHeadersThatAreTooLargeTogether() {
        String field = "From: a@x.org (" + "x".repeat(30_000) + ")\r\n";

        assertThat(senders(field.repeat(2) + "\r\n")).isEqualTo(known("a@x.org", "a@x.org"));
        assertThat(senders(field.repeat(3) + "\r\n")).isInstanceOf(Senders.Undecidable.class);
    }

    @Test
    void leavesMoreThanAHundredSenders() {
        assertThat(senders("From: a@x.org\r\n".repeat(100) + "\r\n")).isInstanceOf(Senders.Known.class);
        assertThat(senders("From: a@x.org\r\n".repeat(101) + "\r\n")).isInstanceOf(Senders.Undecidable.class);
    }

    @Test
    void ignoresOddityInHeadersThatNameNoSender() {
        assertThat(senders("To: a@x.org,\r\nFrom: a@x.org\r\n\r\n")).isEqualTo(known("a@x.org"));
    }

    @Test
    void ignoresCaseAsPythonDoes() {
        assertThat(senders("From: =?utf-8?q?=E2=84=AAi=C5=BF=C5=BF@x.org?=\r\n\r\n"))
                .isEqualTo(known("ki\u017f\u017f@x.org"));
    }

    private static Senders.Known known(String... addresses) {
        return new Senders.Known(List.of(addresses));
    }

    private static Senders senders(String message) {
        return DEFAULTS.read(headers(message), "<>");
    }

    private static Headers headers(String message) {
        try {
            byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
            return new MimeAnalyzer().analyze(new HeapMessage(octets)).headers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
