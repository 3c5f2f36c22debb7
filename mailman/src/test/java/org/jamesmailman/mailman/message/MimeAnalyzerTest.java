// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jamesmailman.mailman.message.MimeDefect.CLOSE_BOUNDARY_NOT_FOUND;
import static org.jamesmailman.mailman.message.MimeDefect.FIRST_HEADER_LINE_IS_CONTINUATION;
import static org.jamesmailman.mailman.message.MimeDefect.INVALID_HEADER;
import static org.jamesmailman.mailman.message.MimeDefect.INVALID_MULTIPART_CONTENT_TRANSFER_ENCODING;
import static org.jamesmailman.mailman.message.MimeDefect.MISPLACED_ENVELOPE_HEADER;
import static org.jamesmailman.mailman.message.MimeDefect.MISSING_HEADER_BODY_SEPARATOR;
import static org.jamesmailman.mailman.message.MimeDefect.MULTIPART_INVARIANT_VIOLATION;
import static org.jamesmailman.mailman.message.MimeDefect.NO_BOUNDARY_IN_MULTIPART;
import static org.jamesmailman.mailman.message.MimeDefect.START_BOUNDARY_NOT_FOUND;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeAnalyzerTest {
    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n";

    @Test
    void takesPlainMail() {
        MimeAnalysis analysis = analyze("Subject: hello\r\nMessage-ID: <1@x>\r\n\r\nbody\r\n");

        assertThat(analysis.isSound()).isTrue();
        assertThat(analysis.hasMessageId()).isTrue();
        assertThat(analysis.headers().values("SUBJECT")).containsExactly("hello");
    }

    @Test
    void takesAnEmptyMessage() {
        assertThat(analyze("").isSound()).isTrue();
    }

    @Test
    void takesAMultipart() {
        assertThat(defects(MULTIPART + "\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"))
                .isEmpty();
    }

    @Test
    void takesDefectsOfPartsWithin() {
        assertThat(defects(MULTIPART + "\r\n--b\r\nContent-Type: multipart/mixed\r\n\r\n--b--\r\n"))
                .isEmpty();
    }

    @Test
    void missesTheBlankLineBeforeTheBody() {
        assertThat(defects("Subject: x\r\nno field\r\n\r\nbody")).containsExactly(MISSING_HEADER_BODY_SEPARATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad name: x", ">From x", "N\u00e4me: x", "Name\u0000: x"})
    void missesTheBlankLineBeforeWhatIsNoField(String line) {
        assertThat(defects("Subject: x\r\n" + line + "\r\n\r\n")).containsExactly(MISSING_HEADER_BODY_SEPARATOR);
    }

    @Test
    void endsALineAtABareCarriageReturn() {
        assertThat(defects("Subject: x\ry\r\n\r\n")).containsExactly(MISSING_HEADER_BODY_SEPARATOR);
    }

    @Test
    void namesAContinuationOfNothing() {
        assertThat(defects(" x\r\nSubject: x\r\n\r\n")).containsExactly(FIRST_HEADER_LINE_IS_CONTINUATION);
    }

    @Test
    void namesAFieldWithoutNameAndWhatContinuesIt() {
        assertThat(defects(": x\r\n y\r\n\r\n")).containsExactly(INVALID_HEADER, FIRST_HEADER_LINE_IS_CONTINUATION);
    }

    @Test
    void takesAnEnvelopeLineAtBothEndsOfTheHeader() {
        assertThat(defects("From x\r\nSubject: x\r\nFrom y\r\n\r\nbody")).isEmpty();
    }

    @Test
    void namesAnEnvelopeLineWithinTheHeader() {
        assertThat(defects("Subject: x\r\nFrom y\r\nTo: z\r\n\r\nbody")).containsExactly(MISPLACED_ENVELOPE_HEADER);
    }

    @Test
    void namesAMultipartWithoutBoundary() {
        assertThat(defects("Content-Type: multipart/mixed\r\n\r\n--b\r\n"))
                .containsExactly(NO_BOUNDARY_IN_MULTIPART, MULTIPART_INVARIANT_VIOLATION);
    }

    @Test
    void namesAMultipartWithoutParts() {
        assertThat(defects(MULTIPART + "\r\nbody"))
                .containsExactly(START_BOUNDARY_NOT_FOUND, MULTIPART_INVARIANT_VIOLATION);
    }

    @Test
    void takesAClosingBoundaryForNoBeginning() {
        assertThat(defects(MULTIPART + "\r\n--b--\r\n"))
                .containsExactly(START_BOUNDARY_NOT_FOUND, MULTIPART_INVARIANT_VIOLATION);
    }

    @Test
    void namesAMultipartThatIsNotClosed() {
        assertThat(defects(MULTIPART + "\r\n--b\r\n\r\none\r\n")).containsExactly(CLOSE_BOUNDARY_NOT_FOUND);
    }

    @Test
    void overlooksAClosingBoundaryRightAfterAnother() {
        assertThat(defects(MULTIPART + "\r\n--b\r\n--b--\r\n")).containsExactly(CLOSE_BOUNDARY_NOT_FOUND);
    }

    @Test
    void findsTheOuterBoundaryAtAnyDepth() {
        assertThat(defects(MULTIPART
                        + "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
                        + "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\ntext\r\n--b--\r\n"))
                .isEmpty();
    }

    @Test
    void namesAnEncodedMultipart() {
        assertThat(defects(MULTIPART + "Content-Transfer-Encoding: base64\r\n\r\n--b\r\n\r\n\r\n--b--"))
                .containsExactly(INVALID_MULTIPART_CONTENT_TRANSFER_ENCODING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boundary=b",
                "BOUNDARY=\"b\"",
                "boundary = <b>",
                "boundary=\"b \"",
                "boundary*=us-ascii''%62",
                "boundary*=''b",
                "boundary*1=\"\"; boundary*0=b",
                "x=\"a;b\"; boundary=b",
                "charset=utf-8;\r\n\tboundary=b"
            })
    void readsTheBoundaryHoweverItIsWritten(String parameter) {
        assertThat(defects("Content-Type: multipart/mixed; " + parameter + "\r\n\r\n--b \r\n\r\none\r\n--b--\t"))
                .isEmpty();
    }

    @Test
    void doubtsABoundaryInACharsetThatOnlyPythonKnows() {
        MimeAnalysis doubtful = analyze("Content-Type: multipart/mixed; boundary*=utf-7''b\r\n\r\n");

        assertThat(doubtful.defects()).isEmpty();
        assertThat(doubtful.doubt()).isPresent();
        assertThat(doubtful.isSound()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name*=a; name*0=b; boundary=b", "boundary*=b; boundary*1=c", "name*NUMBER=a; boundary=b"})
    void namesParametersThatBreakPythonsParser(String parameters) {
        String value = parameters.replace("NUMBER", "1".repeat(4301));
        MimeAnalysis analysis = analyze("Content-Type: multipart/mixed; " + value + "\r\n\r\n--b\r\n--b--");

        assertThat(analysis.hazards()).containsExactly(MailmanHazard.UNPARSABLE_CONTENT_TYPE);
        assertThat(analysis.defects()).isEmpty();
    }

    @Test
    void namesAnEightBitMessageId() {
        assertThat(analyze("Message-ID: <\u00e9@x>\r\nMessage-ID: <1@x>\r\n\r\n")
                        .hazards())
                .containsExactly(MailmanHazard.EIGHT_BIT_MESSAGE_ID);
        assertThat(analyze("Message-ID: <1@x>\r\nMessage-ID: <\u00e9@x>\r\n\r\n")
                        .hazards())
                .isEmpty();
    }

    @Test
    void stopsAtItsDepth() {
        MimeAnalyzer shallow = new MimeAnalyzer(new MimeLimits(1000, 100, 1024, 3));
        String level = "Content-Type: message/rfc822\r\n\r\n";

        assertThat(analyze(shallow, level.repeat(2)).isTooDeep()).isFalse();
        assertThat(analyze(shallow, level.repeat(3)).isTooDeep()).isTrue();
        assertThat(analyze(level.repeat(100_000)).isTooDeep()).isTrue();
    }

    @Test
    void keepsTheBeginningOfAHeaderThatIsTooLarge() {
        MimeAnalyzer narrow = new MimeAnalyzer(new MimeLimits(1000, 3, 1024, 10));

        Headers manyFields =
                analyze(narrow, "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n").headers();
        assertThat(manyFields.isComplete()).isFalse();
        assertThat(manyFields.fields()).extracting(HeaderField::name).containsExactly("A", "B", "C");

        Headers longField = analyze(narrow, "A: 1\r\nB: " + "x".repeat(20_000) + "\r\nC: 3\r\n\r\n")
                .headers();
        assertThat(longField.isComplete()).isFalse();
        assertThat(longField.fields()).extracting(HeaderField::name).containsExactly("A");
    }

    @Test
    void tellsTheDefectsOfAMessageWhoseHeaderIsTooLarge() {
        MimeAnalyzer narrow = new MimeAnalyzer(new MimeLimits(1000, 3, 1024, 10));
        String message = "X: " + "x".repeat(20_000) + "\r\n" + MULTIPART + "\r\nbody";

        assertThat(analyze(narrow, message).defects())
                .containsExactly(START_BOUNDARY_NOT_FOUND, MULTIPART_INVARIANT_VIOLATION);
    }

    @Test
    void doubtsAContentTypeThatIsTooLong() {
        MimeAnalyzer narrow = new MimeAnalyzer(new MimeLimits(100_000, 3, 1024, 10));
        String message = "Content-Type: multipart/mixed; x=" + "x".repeat(2000) + "; boundary=b\r\n\r\nbody";

        assertThat(analyze(narrow, message).doubt()).isPresent();
        assertThat(analyze(narrow, message).defects()).isEmpty();
    }

    @Test
    void findsABoundaryWithMoreBlanksBehindItThanItKeeps() {
        String blanks = " ".repeat(100_000);

        assertThat(defects(MULTIPART + "\r\n--b" + blanks + "\r\n\r\none\r\n--b--" + blanks))
                .isEmpty();
        assertThat(defects(MULTIPART + "\r\n--b\r\n\r\none\r\n--b--" + blanks + "x"))
                .containsExactly(CLOSE_BOUNDARY_NOT_FOUND);
    }

    @Test
    void keepsAFoldedValueAsItIs() {
        Headers headers = analyze("Subject: \tone\r\n two\r\n\r\n").headers();

        assertThat(headers.first("subject").map(HeaderField::value)).contains("one\r\n two");
    }

    @Test
    void readsAFileLikeTheHeap(@TempDir Path folder) throws IOException {
        byte[] octets = octets(MULTIPART + "\r\n--b\r\n\r\n" + "0123456789abcdef\r\n".repeat(20_000) + "--b--\r\n");
        Path file = Files.write(folder.resolve("message"), octets);

        assertThat(new MimeAnalyzer()
                        .analyze(new FileMessage(file, octets.length))
                        .isSound())
                .isTrue();
    }

    @Test
    void saysThatAMessageIsLongerThanItClaims() {
        WireMessage liar = new WireMessage() {
            @Override
            public long size() {
                return 3;
            }

            @Override
            public InputStream openStream() {
                return new HeapMessage(octets("Subject: x\r\n\r\n")).openStream();
            }
        };

        assertThatThrownBy(() -> new MimeAnalyzer().analyze(liar)).isInstanceOf(IOException.class);
    }

    @Test
    void namesASenderThatNobodyCanDecode() {
        assertThat(analyze("From: =?x-unknown?q?Anne?= <anne@example.com>\r\n\r\n")
                        .hazards())
                .containsExactly(MailmanHazard.UNDECODABLE_SENDER);
        assertThat(analyze("Subject: =?x-unknown?q?Anne?=\r\nFrom_: =?x-unknown?q?a?=\r\n\r\n")
                        .hazards())
                .isEmpty();
        MimeAnalyzer another = new MimeAnalyzer(List.of("x-author", "from_"));
        assertThat(analyze(another, "X-Author: =?x-unknown?q?Anne?=\r\n\r\n").hazards())
                .containsExactly(MailmanHazard.UNDECODABLE_SENDER);
    }

    @Test
    void namesAnEightBitPrecedenceWhereItIsRead() {
        assertThat(analyze("X-Ack: \u00e9\r\n\r\n").hazards()).containsExactly(MailmanHazard.EIGHT_BIT_PRECEDENCE);
        assertThat(analyze("Precedence: \u00e9\r\n\r\n").hazards()).containsExactly(MailmanHazard.EIGHT_BIT_PRECEDENCE);
        assertThat(analyze("X-Ack: No\r\nPrecedence: \u00e9\r\n\r\n").hazards()).isEmpty();
        assertThat(MailmanHazard.EIGHT_BIT_PRECEDENCE.strikes("in")).isTrue();
        assertThat(MailmanHazard.EIGHT_BIT_PRECEDENCE.strikes("bounces")).isFalse();
        assertThat(MailmanHazard.UNDECODABLE_SENDER.strikes("bounces")).isTrue();
    }

    @Test
    void putsWhatWeighsMostFirst() throws IOException {
        HeapMessage message = new HeapMessage(
                octets("From: =?x-unknown?q?Anne?= <anne@example.com>\r\n: v\r\nPrecedence: \u00e9\r\n\r\n"));
        MimeAnalysis analysis =
                new MimeAnalyzer().analyze(message, SiteChecks.of(EnumSet.of(SiteDefect.EIGHT_BIT_HEADER)));

        assertThat(analysis.allDefects("bounces"))
                .containsExactly(INVALID_HEADER, MailmanHazard.UNDECODABLE_SENDER, SiteDefect.EIGHT_BIT_HEADER);
        assertThat(analysis.allDefects("in")).contains(MailmanHazard.EIGHT_BIT_PRECEDENCE);
        assertThat(analysis.unqueueable()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MimeDefect.class)
    void givesEachDefectItsNameInPython(MimeDefect defect) {
        assertThat(defect.pythonName()).matches("[A-Za-z]+Defect");
    }

    @Test
    void explainsEachDefectInOnePrintableSentence() {
        assertThat(NamedDefect.all()).allSatisfy(defect -> {
            assertThat(defect.explanation()).matches("[A-Z][ -~]{10,150}\\.");
            assertThat(defect.defectName()).matches("[a-z0-9]+(-[a-z0-9]+)+|nul");
        });
        assertThat(NamedDefect.all().stream().map(NamedDefect::defectName)).doesNotHaveDuplicates();
    }

    private static List<MimeDefect> defects(String message) {
        MimeAnalysis analysis = analyze(message);
        assertThat(analysis.doubt()).isEmpty();
        assertThat(analysis.hazards()).isEmpty();
        return analysis.defects();
    }

    private static MimeAnalysis analyze(String message) {
        return analyze(new MimeAnalyzer(), message);
    }

    private static MimeAnalysis analyze(MimeAnalyzer analyzer, String message) {
        try {
            return analyzer.analyze(new HeapMessage(octets(message)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
