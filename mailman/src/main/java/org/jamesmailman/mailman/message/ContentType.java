// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The content type of a part, as {@code email.message.Message.get_content_type} tells it.
 *
 * @param type in lower case, with exactly one slash
 * @param field the field it comes from; empty when it is the default of the place
 */
record ContentType(String type, Optional<String> field) {
    static final ContentType TEXT = new ContentType("text/plain", Optional.empty());
    static final ContentType MESSAGE = new ContentType("message/rfc822", Optional.empty());

    /** Reads a Content-Type's value, ISO-8859-1; what is no type is text (RFC 2045 5.2). */
    static ContentType parse(String value) {
        String shown = PythonText.withoutEightBit(value);
        int semicolon = shown.indexOf(';');
        String type = PythonText.strip(semicolon < 0 ? shown : shown.substring(0, semicolon))
                .toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        boolean oneSlash = slash >= 0 && type.indexOf('/', slash + 1) < 0;
        return new ContentType(oneSlash ? type : TEXT.type, Optional.of(shown));
    }

    private boolean hasMainType(String mainType) {
        return type.startsWith(mainType) && type.charAt(mainType.length()) == '/';
    }

    boolean isMultipart() {
        return hasMainType("multipart");
    }

    boolean isDigest() {
        return type.equals("multipart/digest");
    }

    boolean isMessage() {
        return hasMainType("message");
    }

    boolean isPlainText() {
        return type.equals(TEXT.type);
    }

    boolean isDeliveryStatus() {
        return type.equals("message/delivery-status");
    }

    /** The boundary parameter. */
    Boundary boundary() {
        return field.map(ContentTypeParameters::parse)
                .map(ContentTypeParameters::boundary)
                .orElseGet(Boundary.Absent::new);
    }

    /** The charset parameter in lower case, {@code us-ascii} without one; nothing when only Python would tell. */
    Optional<String> charset() {
        return field.map(ContentTypeParameters::parse)
                .map(ContentTypeParameters::charset)
                .orElse(Optional.of(HeaderCharset.US_ASCII));
    }
}
