// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Locale;

/**
 * What Mailman's LMTP runner refuses a message for: the defects that Python's {@code email} package notes on the
 * outermost message ({@code email/errors.py}; {@code mailman/runners/lmtp.py}: {@code if msg.defects: return ERR_501}).
 *
 * <p>Defects of nested parts are not among them: Mailman takes those.
 */
public enum MimeDefect implements NamedDefect {
    MISSING_HEADER_BODY_SEPARATOR(
            "MissingHeaderBodySeparatorDefect",
            "A line that is neither a header field nor blank stands in the header, where the blank line before the body is missing."),
    FIRST_HEADER_LINE_IS_CONTINUATION(
            "FirstHeaderLineIsContinuationDefect",
            "A header line begins with a blank or a tab but continues no header field."),
    MISPLACED_ENVELOPE_HEADER(
            "MisplacedEnvelopeHeaderDefect", "A line that begins with 'From ' and has no colon stands in the header."),
    INVALID_HEADER(
            "InvalidHeaderDefect", "A header line begins with a colon: the name of the header field is missing."),
    NO_BOUNDARY_IN_MULTIPART(
            "NoBoundaryInMultipartDefect", "The Content-Type is multipart but has no boundary parameter."),
    INVALID_MULTIPART_CONTENT_TRANSFER_ENCODING(
            "InvalidMultipartContentTransferEncodingDefect",
            "The Content-Transfer-Encoding of a multipart message is not 7bit, 8bit or binary."),
    START_BOUNDARY_NOT_FOUND(
            "StartBoundaryNotFoundDefect",
            "The Content-Type is multipart but the boundary that it names begins no part of the body."),
    CLOSE_BOUNDARY_NOT_FOUND(
            "CloseBoundaryNotFoundDefect",
            "The Content-Type is multipart but the body ends before its closing boundary."),
    MULTIPART_INVARIANT_VIOLATION(
            "MultipartInvariantViolationDefect", "The Content-Type is multipart but the body has no parts.");

    private final String pythonName;
    private final String explanation;

    MimeDefect(String pythonName, String explanation) {
        this.pythonName = pythonName;
        this.explanation = explanation;
    }

    /** The name of Python's class in {@code email.errors}, as administrators find it in Python's documentation. */
    public String pythonName() {
        return pythonName;
    }

    @Override
    public String defectName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String explanation() {
        return explanation;
    }

    @Override
    public boolean isTakenByLmtpRunner() {
        return false;
    }
}
