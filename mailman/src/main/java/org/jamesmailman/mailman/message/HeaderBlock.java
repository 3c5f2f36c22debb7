// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The header lines of one part, put together to fields by the rules of {@code email.feedparser},
 * {@code _parse_headers}.
 */
final class HeaderBlock {
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private final FieldBuffer field;
    private final Consumer<FieldBuffer> fields;
    private final Set<MimeDefect> defects = new LinkedHashSet<>();
    private boolean anyLine;
    private boolean envelopeLineLast;
    private Optional<String> contentType = Optional.empty();
    private Optional<String> transferEncoding = Optional.empty();
    private boolean contentTypeCut;

    /**
     * @param field scratch; one part's header ends before another's begins
     * @param fields gets each field when it is whole
     */
    HeaderBlock(FieldBuffer field, Consumer<FieldBuffer> fields) {
        this.field = field;
        this.fields = fields;
    }

    /** Whether the line may stand in a header: a field, a continuation, or an mbox {@code From } line. */
    static boolean accepts(LineReader line) {
        byte[] buffer = line.buffer();
        int i = line.start();
        int end = line.contentEnd();
        if (i < end && isBlank(buffer[i])) {
            return true;
        }
        // RFC 5322 3.6.8: the characters of a field's name
        while (i < end && buffer[i] > ' ' && buffer[i] <= '~' && buffer[i] != ':') {
            i++;
        }
        return (i < end && buffer[i] == ':') || line.startsWith(FROM);
    }

    /** Takes a line that {@link #accepts} has let through. */
    void add(LineReader line) {
        byte first = line.buffer()[line.start()];
        if (isBlank(first)) {
            addContinuation(line);
        } else if (line.startsWith(FROM)) {
            addEnvelopeLine();
        } else if (first == ':') {
            startLine();
            defects.add(MimeDefect.INVALID_HEADER);
        } else {
            startLine();
            field.begin(line);
        }
    }

    private void addContinuation(LineReader line) {
        misplaceEnvelopeLine();
        anyLine = true;
        if (field.isOpen()) {
            field.append(line);
        } else {
            defects.add(MimeDefect.FIRST_HEADER_LINE_IS_CONTINUATION);
        }
    }

    /** A {@code From } line is an mbox separator when it comes first, body when it comes last, else misplaced. */
    private void addEnvelopeLine() {
        boolean first = !anyLine;
        startLine();
        envelopeLineLast = !first;
    }

    private void startLine() {
        misplaceEnvelopeLine();
        anyLine = true;
        endField();
    }

    private void misplaceEnvelopeLine() {
        if (envelopeLineLast) {
            defects.add(MimeDefect.MISPLACED_ENVELOPE_HEADER);
            envelopeLineLast = false;
        }
    }

    private void endField() {
        if (!field.isOpen()) {
            return;
        }
        field.close();
        fields.accept(field);
        if (contentType.isEmpty() && !contentTypeCut && field.isNamed("content-type")) {
            contentTypeCut = field.isCut();
            contentType = contentTypeCut
                    ? Optional.empty()
                    : Optional.of(field.field().value());
        } else if (transferEncoding.isEmpty() && field.isNamed("content-transfer-encoding")) {
            transferEncoding =
                    Optional.of(field.isCut() ? "too long" : field.field().value());
        }
    }

    /** Ends the header. */
    void end() {
        // Python gives a From line that comes last back to the body, which changes nothing of what we tell.
        endField();
    }

    /** What is wrong with the lines, in the order of their first appearance. */
    Set<MimeDefect> defects() {
        return defects;
    }

    /** The value of the first Content-Type. */
    Optional<String> contentType() {
        return contentType;
    }

    /** Whether the first Content-Type was too long to be kept. */
    boolean isContentTypeCut() {
        return contentTypeCut;
    }

    /** The value of the first Content-Transfer-Encoding. */
    Optional<String> transferEncoding() {
        return transferEncoding;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
