// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the parts of a message as {@code email.feedparser.FeedParser._parsegen} does, with a stack of its own instead
 * of recursion, and notes the defects of the outermost one.
 *
 * <p>The parts within are followed because Python raises on some of them, because their depth counts, and because a
 * site may look for defects of theirs.
 */
final class StructureParser {
    private static final Set<String> IDENTITY_ENCODINGS = Set.of("7bit", "8bit", "binary");

    private final PartLines lines;
    private final MimeLimits limits;
    private final HeaderCollector rootFields;
    private final SiteInspection inspection;
    private final FieldBuffer fieldBuffer;
    private final PartListener listener;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Set<MimeDefect> rootDefects = new LinkedHashSet<>();
    private boolean stopped;
    private Optional<MailmanHazard> hazard = Optional.empty();
    private Optional<String> doubt = Optional.empty();

    /**
     * @param inspection looks for what the site minds
     * @param listener is told of the parts within, and of the text that it wants
     */
    StructureParser(LineReader lines, MimeLimits limits, SiteInspection inspection, PartListener listener) {
        this.lines = new PartLines(lines, inspection);
        this.inspection = inspection;
        this.listener = listener;
        this.limits = limits;
        this.rootFields = new HeaderCollector(limits);
        this.fieldBuffer = new FieldBuffer(limits.lineOctets());
    }

    /** Reads as far as it matters. */
    void parse() throws IOException {
        Part root = new Part(ContentType.TEXT);
        parts.push(root);
        while (!stopped && !parts.isEmpty()) {
            step(parts.peek());
        }
    }

    private void step(Part part) throws IOException {
        switch (part.state()) {
            case HEADER -> header(part);
            case PREAMBLE -> preamble(part);
            case SEPARATOR -> separator(part);
            case AFTER_CHILD -> {
                lines.endMarks().popBoundary(part.boundary());
                part.go(Part.State.SEPARATOR);
            }
            case REPORT_BLOCK -> {
                lines.endMarks().pushBlankLine();
                part.go(Part.State.AFTER_REPORT_BLOCK);
                enter(part);
            }
            case AFTER_REPORT_BLOCK -> afterReportBlock(part);
            case CONTENT -> content(part);
            case REST -> rest(part);
            case DONE -> parts.pop();
        }
    }

    private void enter(Part parent) {
        if (parts.size() >= limits.depth()) {
            stop(MailmanHazard.NESTED_TOO_DEEPLY);
        } else {
            parts.push(parent.child());
            inspection.enter(parts.size());
        }
    }

    private void stop(MailmanHazard found) {
        stopped = true;
        hazard = Optional.of(found);
    }

    private void stop(String reason) {
        stopped = true;
        doubt = Optional.of(reason);
    }

    private boolean isRoot() {
        return parts.size() == 1;
    }

    private void note(MimeDefect defect) {
        if (isRoot()) {
            rootDefects.add(defect);
        } else {
            inspection.brokenPart();
        }
    }

    private void header(Part part) throws IOException {
        HeaderBlock header =
                new HeaderBlock(fieldBuffer, isRoot() ? rootFields.andThen(inspection) : listener.fields());
        boolean separated = readHeader(header);
        header.end();
        inspection.endRootHeader();
        if (!separated) {
            note(MimeDefect.MISSING_HEADER_BODY_SEPARATOR);
            lines.giveBack();
        }
        header.defects().forEach(this::note);
        if (header.isContentTypeCut()) {
            stop("a Content-Type longer than we look at");
            return;
        }
        part.setType(header.contentType().map(ContentType::parse).orElse(part.defaultType()));
        listener.headerEnd(part.type(), header.transferEncoding());
        body(part, header);
    }

    /** Reads the header; false when a line ended it that is not blank. */
    private boolean readHeader(HeaderBlock header) throws IOException {
        while (lines.next()) {
            if (!HeaderBlock.accepts(lines.line())) {
                return lines.line().isEmpty();
            }
            header.add(lines.line());
            inspection.headerLine(lines.line());
        }
        return true;
    }

    private void body(Part part, HeaderBlock header) {
        ContentType type = part.type();
        if (type.isDeliveryStatus()) {
            part.go(Part.State.REPORT_BLOCK);
        } else if (type.isMessage()) {
            part.go(Part.State.DONE);
            enter(part);
        } else if (type.isMultipart()) {
            multipart(part, header);
        } else {
            boolean watched = inspection.beginContent(header.transferEncoding());
            part.go(watched ? Part.State.CONTENT : Part.State.REST);
        }
    }

    private void multipart(Part part, HeaderBlock header) {
        Boundary boundary = part.type().boundary();
        if (boundary instanceof Boundary.Unparsable) {
            stop(MailmanHazard.UNPARSABLE_CONTENT_TYPE);
        } else if (boundary instanceof Boundary.Unknown) {
            stop("a boundary in a charset that we leave to Python");
        } else if (boundary instanceof Boundary.Delimiter delimiter) {
            // No strip here: Python compares the value with its blanks.
            String encoding = header.transferEncoding().orElse("8bit");
            if (!IDENTITY_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
                note(MimeDefect.INVALID_MULTIPART_CONTENT_TRANSFER_ENCODING);
            }
            part.setBoundary(delimiter);
            part.go(Part.State.PREAMBLE);
        } else {
            note(MimeDefect.NO_BOUNDARY_IN_MULTIPART);
            note(MimeDefect.MULTIPART_INVARIANT_VIOLATION);
            part.go(Part.State.REST);
        }
    }

    private void preamble(Part part) throws IOException {
        Boundary.Delimiter.Match match = Boundary.Delimiter.Match.NONE;
        while (match == Boundary.Delimiter.Match.NONE && lines.next()) {
            match = lines.match(part.boundary());
        }
        if (match == Boundary.Delimiter.Match.SEPARATOR) {
            firstLineOfChild(part);
        } else {
            // A closing boundary before any other begins no part.
            note(MimeDefect.START_BOUNDARY_NOT_FOUND);
            note(MimeDefect.MULTIPART_INVARIANT_VIOLATION);
            part.go(Part.State.REST);
        }
    }

    private void separator(Part part) throws IOException {
        if (!lines.next()) {
            note(MimeDefect.CLOSE_BOUNDARY_NOT_FOUND);
            part.go(Part.State.DONE);
        } else if (lines.match(part.boundary()) == Boundary.Delimiter.Match.CLOSE) {
            part.go(Part.State.REST);
        } else {
            firstLineOfChild(part);
        }
    }

    /** Python skips boundaries that follow each other, the closing one included; what comes then is a part. */
    private void firstLineOfChild(Part part) throws IOException {
        boolean more = lines.next();
        while (more && lines.match(part.boundary()) != Boundary.Delimiter.Match.NONE) {
            more = lines.next();
        }
        if (more) {
            lines.giveBack();
        }
        lines.endMarks().pushBoundary(part.boundary());
        part.go(Part.State.AFTER_CHILD);
        enter(part);
    }

    /** The line that ended the block is skipped; without another one the report is at its end. */
    private void afterReportBlock(Part part) throws IOException {
        lines.endMarks().popBlankLine();
        lines.next();
        if (lines.next()) {
            lines.giveBack();
            part.go(Part.State.REPORT_BLOCK);
        } else {
            part.go(Part.State.DONE);
        }
    }

    private void content(Part part) throws IOException {
        while (lines.next()) {
            inspection.contentLine(lines.line());
            listener.bodyLine(lines.line());
        }
        inspection.endContent();
        listener.bodyEnd();
        part.go(Part.State.DONE);
    }

    private void rest(Part part) throws IOException {
        // Then nothing but the end of the message ends this part, and with it all that are around it.
        boolean last = lines.endMarks().isEmpty();
        boolean isToBeRead = !last || inspection.needsBody();
        while ((isToBeRead || listener.wantsBody()) && lines.next()) {
            listener.bodyLine(lines.line());
        }
        listener.bodyEnd();
        stopped = last;
        part.go(Part.State.DONE);
    }

    /** What Python notes on the outermost part, in its order. */
    Set<MimeDefect> rootDefects() {
        return rootDefects;
    }

    /** The outermost header, or as much of it as was read. */
    Headers rootHeaders() {
        return rootFields.headers();
    }

    /** What broke Python's parser, if anything. */
    Optional<MailmanHazard> hazard() {
        return hazard;
    }

    /** What kept us from parsing on, if anything. */
    Optional<String> doubt() {
        return doubt;
    }
}
