// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ant;
import static org.jamesmailman.mailman.policy.PostFixture.postOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovedTest {
    private final Approved rule = new Approved();

    @Test
    void missesWhereTheListHasNoPassword() throws IOException {
        assertThat(rule.check(postOf("Approved: secret\r\n\r\nApproved: secret\r\n", ant())))
                .isEqualTo(new RuleAnswer.Miss());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Approve: x", "approved: x", "X-APPROVE: x", "x-approved:", "Subject: x\r\nApproved: \u00e4"})
    void leavesAMessageWithAHeaderForAPassword(String header) throws IOException {
        assertThat(check(header + "\r\n\r\nHello.\r\n")).isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nApproved: secret\r\n",
                "\r\napprove:x",
                "\r\n\r\n \t\r\n\u000b\u001c\r\nX-Approved: secret\r\n",
                "Content-Type: text/plain; charset=utf-8\r\n\r\n\u00e2\u0080\u0083\r\nApproved: secret\r\n",
                "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\u0085Approved: secret\r\n",
                "Content-Transfer-Encoding: quoted-printable\r\n\r\n=20\r\n=41ppro=\r\nved: secret\r\n",
                "Content-Transfer-Encoding: BASE64\r\n\r\nQXBwcm92\r\nZWQ6IHNlY3JldA==\r\n",
                "Content-Transfer-Encoding: base64\r\n\r\nQX!Bwcm92ZWQ6IHNlY3JldA==\r\n",
                "Content-Transfer-Encoding: base64\r\n\r\nApproved: secre\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nA: b\r\n\r\nApproved: secret\r\n--b--\r\n",
                "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nApproved: secret\r\n"
            })
    void leavesAMessageWhoseFirstTextBeginsWithALineForAPassword(String message) throws IOException {
        assertThat(check(message)).isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nHello.\r\nApproved: secret\r\n",
                "\r\n Approved: secret\r\n",
                "\r\nApproved : secret\r\n",
                "\r\nApproved secret\r\n",
                "\r\nNot Approved: secret\r\n",
                "\r\n",
                "",
                "Content-Type: text/html\r\n\r\nApproved: secret\r\n",
                "Content-Type: text/plain; charset=gb2312\r\n\r\nHello.\r\n",
                "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\nHello.\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\nApproved: x\r\n--b\r\n\r\nHello.\r\n--b--\r\n",
                "Content-Type: message/delivery-status\r\n\r\nX: x\r\n\r\nApproved: secret\r\n"
            })
    void missesElsewhere(String message) throws IOException {
        assertThat(check(message)).isEqualTo(new RuleAnswer.Miss());
    }

    @Test
    void looksAtTheFirstTextOfSeveral() throws IOException {
        String start = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";
        String password = "\r\nApproved: secret\r\n--b";
        assertThat(check(start + "Content-Type: text/html\r\n\r\nHello.\r\n--b\r\n" + password + "--\r\n"))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check(start + "\r\nHello.\r\n--b\r\n" + password + "--\r\nApproved: secret\r\n"))
                .isEqualTo(new RuleAnswer.Miss());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain; charset=utf-16\r\n\r\nHello.\r\n",
                "Content-Type: text/plain; charset=no-such\r\n\r\nHello.\r\n",
                "Content-Type: text/plain; charset*0=utf-8\r\n\r\nHello.\r\n",
                "Content-Type: text/plain; charset=shift_jis\r\n\r\n\u0081@\r\nApproved: secret\r\n",
                "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\u001b$B!!\u001b(B\r\nApproved: secret\r\n",
                "Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\r\n"
            })
    void leavesATextThatOnlyPythonCanRead(String message) throws IOException {
        assertThat(check(message)).isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @Test
    void looksAtTheBeginningOfALongText() throws IOException {
        assertThat(check("\r\nHello." + "x".repeat(10_000))).isEqualTo(new RuleAnswer.Miss());
        assertThat(check("\r\n" + "\r\n".repeat(5_000) + "Hello.")).isInstanceOf(RuleAnswer.CannotTell.class);
        String base64 =
                Base64.getMimeEncoder().encodeToString("Hello.\n".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
        assertThat(check("Content-Transfer-Encoding: base64\r\n\r\n" + base64)).isEqualTo(new RuleAnswer.Miss());
    }

    private RuleAnswer check(String message) throws IOException {
        return rule.check(postOf(message, ant().moderatorPassword()));
    }
}
