// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the parser at its work, for what a site looks for ({@link SiteChecks}). What nobody looks for costs nothing.
 * Used for one message.
 */
final class SiteInspection implements Consumer<FieldBuffer> {
    /** RFC 5322 2.1.1: without CRLF. */
    private static final int MAX_LINE_LENGTH = 998;

    private static final Map<String, SiteDefect> ONLY_ONCE = Map.of(
            "from", SiteDefect.DUPLICATE_FROM,
            "date", SiteDefect.DUPLICATE_DATE,
            "message-id", SiteDefect.DUPLICATE_MESSAGE_ID,
            "subject", SiteDefect.DUPLICATE_SUBJECT);

    private final SiteChecks checks;
    private final Set<SiteDefect> found = EnumSet.noneOf(SiteDefect.class);
    private final Set<SiteDefect> seenOnce = EnumSet.noneOf(SiteDefect.class);
    private final boolean linesMatter;
    private int fields;
    private int parts;
    private boolean inRootHeader = true;
    private Optional<ContentCheck> content = Optional.empty();
    private SiteDefect contentDefect = SiteDefect.BAD_BASE64;

    SiteInspection(SiteChecks checks) {
        this.checks = checks;
        this.linesMatter = checks.include(SiteDefect.LONG_HEADER_LINE) || checks.include(SiteDefect.LONG_BODY_LINE);
    }

    /** Whether the message must be read to its end. */
    boolean needsBody() {
        return checks.needBody();
    }

    private void find(SiteDefect defect) {
        if (checks.include(defect)) {
            found.add(defect);
        }
    }

    /** Takes any line of the message, once. */
    void line(LineReader line) {
        if (linesMatter && line.length() > MAX_LINE_LENGTH) {
            find(inRootHeader ? SiteDefect.LONG_HEADER_LINE : SiteDefect.LONG_BODY_LINE);
        }
    }

    /** Takes a line of any part's header. */
    void headerLine(LineReader line) {
        if (checks.include(SiteDefect.EIGHT_BIT_HEADER) && line.isEightBit()) {
            found.add(SiteDefect.EIGHT_BIT_HEADER);
        }
    }

    /** Takes a field of the outermost header. */
    @Override
    public void accept(FieldBuffer field) {
        fields++;
        if (fields > checks.maxHeaders()) {
            find(SiteDefect.TOO_MANY_HEADERS);
        }
        ONLY_ONCE.forEach((name, defect) -> {
            if (checks.include(defect) && field.isNamed(name) && !seenOnce.add(defect)) {
                found.add(defect);
            }
        });
    }

    /** The outermost header is at its end. */
    void endRootHeader() {
        inRootHeader = false;
    }

    /** A part within begins. */
    void enter(int depth) {
        parts++;
        if (parts > checks.maxParts()) {
            find(SiteDefect.TOO_MANY_PARTS);
        }
        if (depth > checks.maxDepth()) {
            find(SiteDefect.NESTED_TOO_DEEP);
        }
    }

    /** A part within is malformed. */
    void brokenPart() {
        find(SiteDefect.BROKEN_NESTED_PART);
    }

    /**
     * The content of a part without parts begins.
     *
     * @param transferEncoding as the part names it; Python does not strip it
     * @return whether its lines are wanted
     */
    boolean beginContent(Optional<String> transferEncoding) {
        String encoding = transferEncoding.orElse("").toLowerCase(Locale.ROOT);
        if (encoding.equals("base64") && checks.include(SiteDefect.BAD_BASE64)) {
            content = Optional.of(new Base64Check());
            contentDefect = SiteDefect.BAD_BASE64;
        } else if (encoding.equals("quoted-printable") && checks.include(SiteDefect.BAD_QUOTED_PRINTABLE)) {
            content = Optional.of(new QuotedPrintableCheck());
            contentDefect = SiteDefect.BAD_QUOTED_PRINTABLE;
        } else {
            content = Optional.empty();
        }
        return content.isPresent();
    }

    void contentLine(LineReader line) {
        content.ifPresent(check -> check.add(line));
    }

    void endContent() {
        if (content.isPresent() && !content.get().isSound()) {
            find(contentDefect);
        }
        content = Optional.empty();
    }

    /** The message is at its end. */
    void end(RawOctets octets) {
        if (octets.hasNul()) {
            find(SiteDefect.NUL);
        }
        if (octets.hasBareCr()) {
            find(SiteDefect.BARE_CR);
        }
    }

    Set<SiteDefect> found() {
        return found;
    }
}
