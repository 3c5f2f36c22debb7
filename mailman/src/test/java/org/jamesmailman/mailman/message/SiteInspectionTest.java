// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteInspectionTest {
    private static final SiteChecks ALL = new SiteChecks(EnumSet.allOf(SiteDefect.class), 3, 3, 5);
    private static final String LONG = "x".repeat(999);
    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    private static final String BASE64 = "Content-Transfer-Encoding: base64\r\n\r\n";
    private static final String QUOTED_PRINTABLE = "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n";

    @Test
    void findsNothingInPlainMail() {
        assertThat(found("From: a@x\r\nSubject: s\r\nDate: d\r\nMessage-ID: <1@x>\r\n\r\nbody\r\n"))
                .isEmpty();
    }

    @Test
    void looksForNothingThatNobodyNamed() {
        String message = "From: a\r\nFrom: \u00e9\r\n" + BASE64 + "!\0\r" + LONG;

        assertThat(found(message, SiteChecks.NONE)).isEmpty();
        assertThat(found(message, SiteChecks.of(Set.of(SiteDefect.NUL)))).containsExactly(SiteDefect.NUL);
        assertThat(found(message))
                .containsExactly(
                        SiteDefect.BAD_BASE64,
                        SiteDefect.DUPLICATE_FROM,
                        SiteDefect.LONG_BODY_LINE,
                        SiteDefect.EIGHT_BIT_HEADER,
                        SiteDefect.BARE_CR,
                        SiteDefect.NUL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "YWJj\r\nYW Jj\t\r\n", "YWI=\r\n", "YQ==", "Y\r\nQ\r\n=\r\n=\r\n", "++//"})
    void takesBase64(String content) {
        assertThat(found(BASE64 + content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"YWJ", "YWI", "Y", "Y===", "YQ=", "YQ===", "YQ==YQ==", "=", "YWJj=", "YW-_", "YW\u00e9j", "A\0AA"
            })
    void findsBadBase64(String content) {
        assertThat(found(BASE64 + content)).contains(SiteDefect.BAD_BASE64);
    }

    @Test
    void looksAtEachPartForItself() {
        String part = "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n";

        assertThat(found(MULTIPART + part + part + "--b--\r\nepilogue!")).isEmpty();
        assertThat(found(MULTIPART + part + "--b\r\n" + BASE64 + "YQ\r\n--b--\r\n"))
                .containsExactly(SiteDefect.BAD_BASE64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "caf=C3=a9 =\r\nmore\t.", "soft= \t\r\n", "=", "=3D="})
    void takesQuotedPrintable(String content) {
        assertThat(found(QUOTED_PRINTABLE + content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=G1", "=4", "=4\r\n1", "= x", "==", "caf\u00e9", "\u0007", "=C\u00e9", "\u007f"})
    void findsBadQuotedPrintable(String content) {
        assertThat(found(QUOTED_PRINTABLE + content)).containsExactly(SiteDefect.BAD_QUOTED_PRINTABLE);
    }

    @Test
    void takesAnEncodedLineThatIsTooLongToKeepForBadlyEncoded() {
        String line = "YWJj".repeat(20_000);

        assertThat(found(BASE64 + line)).containsExactly(SiteDefect.BAD_BASE64, SiteDefect.LONG_BODY_LINE);
        assertThat(found(QUOTED_PRINTABLE + line))
                .containsExactly(SiteDefect.BAD_QUOTED_PRINTABLE, SiteDefect.LONG_BODY_LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no header\r\n\r\n",
                "Content-Type: multipart/x\r\n\r\n",
                "Content-Type: multipart/x; boundary=c\r\n\r\n",
                "Content-Type: multipart/x; boundary=c\r\n\r\n--c\r\n\r\n"
            })
    void findsABrokenPart(String part) {
        assertThat(found(MULTIPART + "--b\r\n" + part + "--b--\r\n")).containsExactly(SiteDefect.BROKEN_NESTED_PART);
        assertThat(found(part)).doesNotContain(SiteDefect.BROKEN_NESTED_PART);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUPLICATE_FROM", "DUPLICATE_DATE", "DUPLICATE_MESSAGE_ID", "DUPLICATE_SUBJECT"})
    void findsAFieldThatIsThereTwice(SiteDefect defect) {
        String field = defect.defectName().substring("duplicate-".length());

        assertThat(found(field + ": a\r\n" + field.toUpperCase(Locale.ROOT) + ": b\r\n\r\n"))
                .containsExactly(defect);
        assertThat(found(field + ": a\r\nX-" + field + ": b\r\n\r\n" + field + ": c\r\n"))
                .isEmpty();
    }

    @Test
    void findsALongLineWhereItIs() {
        String longest = "x".repeat(998);

        assertThat(found("X: " + LONG + "\r\n\r\n" + longest + "\r\n")).containsExactly(SiteDefect.LONG_HEADER_LINE);
        assertThat(found("X: y\r\n " + longest.substring(1) + "\r\n\r\n" + LONG + "\r\n"))
                .containsExactly(SiteDefect.LONG_BODY_LINE);
        assertThat(found(MULTIPART + "--b\r\nX: " + LONG + "\r\n\r\n--b--\r\n"))
                .containsExactly(SiteDefect.LONG_BODY_LINE);
        assertThat(found("X: y\r\n\r\n" + longest + "\n")).isEmpty();
    }

    @Test
    void findsEightBitInTheHeaderOfAnyPart() {
        assertThat(found("Subject: \u00e9\r\n\r\n")).containsExactly(SiteDefect.EIGHT_BIT_HEADER);
        assertThat(found(MULTIPART + "--b\r\nX: \u00e9\r\n\r\n\u00e9\r\n--b--\r\n"))
                .containsExactly(SiteDefect.EIGHT_BIT_HEADER);
        assertThat(found("Subject: e\r\n\r\n\u00e9")).isEmpty();
    }

    @Test
    void countsPartsOnAllLevels() {
        String part = "--b\r\n\r\n\r\n";

        assertThat(found(MULTIPART + part.repeat(3) + "--b--\r\n")).isEmpty();
        assertThat(found(MULTIPART + part.repeat(4) + "--b--\r\n")).containsExactly(SiteDefect.TOO_MANY_PARTS);
    }

    @Test
    void countsLevels() {
        String level = "Content-Type: message/rfc822\r\n\r\n";

        assertThat(found(level.repeat(2))).isEmpty();
        assertThat(found(level.repeat(3))).containsExactly(SiteDefect.NESTED_TOO_DEEP);
    }

    @Test
    void countsFieldsOfTheOutermostHeader() {
        assertThat(found("X: y\r\n z\r\n".repeat(5) + "\r\nX: y\r\n")).isEmpty();
        assertThat(found("X: y\r\n".repeat(6) + "\r\n")).containsExactly(SiteDefect.TOO_MANY_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb\r\n", "a\r\r\n", "a\r"})
    void findsABareCarriageReturnToTheLastOctet(String body) {
        assertThat(found("Subject: x\r\n\r\n" + body)).containsExactly(SiteDefect.BARE_CR);
        assertThat(found(MULTIPART + "--b\r\n\r\n\r\n--b--\r\n" + body)).containsExactly(SiteDefect.BARE_CR);
    }

    private static Set<SiteDefect> found(String message) {
        return found(message, ALL);
    }

    private static Set<SiteDefect> found(String message, SiteChecks checks) {
        try {
            HeapMessage octets = new HeapMessage(message.getBytes(StandardCharsets.ISO_8859_1));
            MimeAnalysis analysis = new MimeAnalyzer().analyze(octets, checks);
            assertThat(analysis.checks()).isEqualTo(checks);
            return analysis.siteDefects();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
