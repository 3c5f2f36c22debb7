// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.EnumSet;
import java.util.Set;

/**
 * What Mailman takes, but a site may refuse or watch by name. What is looked for, and how much is too much, is said by
 * {@link SiteChecks}.
 */
public enum SiteDefect implements NamedDefect {
    /** Octets that are not base64, or too few or too many (RFC 2045 6.8); blanks and line ends do not count. */
    BAD_BASE64("bad-base64", "A part that says it is base64 is not."),
    /** A {@code =} that begins nothing, or an octet that may not stand for itself (RFC 2045 6.7). */
    BAD_QUOTED_PRINTABLE("bad-quoted-printable", "A part that says it is quoted-printable is not."),
    /** One of {@link MimeDefect} in a part within. */
    BROKEN_NESTED_PART("broken-nested-part", "A part of the message is malformed."),
    DUPLICATE_FROM("duplicate-from", "The header has more than one From."),
    DUPLICATE_DATE("duplicate-date", "The header has more than one Date."),
    DUPLICATE_MESSAGE_ID("duplicate-message-id", "The header has more than one Message-ID."),
    DUPLICATE_SUBJECT("duplicate-subject", "The header has more than one Subject."),
    /** RFC 5322 2.1.1; in the header of the message. */
    LONG_HEADER_LINE("long-header-line", "A header line has more than 998 octets."),
    /** RFC 5322 2.1.1; anywhere behind the header of the message. */
    LONG_BODY_LINE("long-body-line", "A line of the body has more than 998 octets."),
    /** In the header of the message or of a part; RFC 6532 allows it to messages that come with SMTPUTF8. */
    EIGHT_BIT_HEADER("8-bit-header", "A header contains characters that are not ASCII."),
    TOO_MANY_PARTS("too-many-parts", "The message has too many parts."),
    NESTED_TOO_DEEP("nested-too-deep", "Parts of the message are nested more deeply than this site allows."),
    TOO_MANY_HEADERS("too-many-headers", "The header has too many fields."),
    /** Not followed by a LF (RFC 5322 2.3). */
    BARE_CR("bare-cr", "The message contains a bare carriage return."),
    /** RFC 5322 2.3 and 4.1. */
    NUL("nul", "The message contains a NUL.");

    /** Those that only a look at every octet of the body finds. */
    private static final Set<SiteDefect> IN_BODY =
            EnumSet.of(BAD_BASE64, BAD_QUOTED_PRINTABLE, LONG_BODY_LINE, BARE_CR, NUL);

    private final String defectName;
    private final String explanation;

    SiteDefect(String defectName, String explanation) {
        this.defectName = defectName;
        this.explanation = explanation;
    }

    @Override
    public String defectName() {
        return defectName;
    }

    @Override
    public String explanation() {
        return explanation;
    }

    @Override
    public boolean isTakenByLmtpRunner() {
        return true;
    }

    /** Whether the body must be read to its end for it. */
    boolean isInBody() {
        return IN_BODY.contains(this);
    }
}
