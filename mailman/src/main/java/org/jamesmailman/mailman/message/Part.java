// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/** A part of a message while it is being read. */
final class Part {
    /** What comes next in it. */
    enum State {
        HEADER,
        PREAMBLE,
        SEPARATOR,
        AFTER_CHILD,
        REPORT_BLOCK,
        AFTER_REPORT_BLOCK,
        CONTENT,
        REST,
        DONE
    }

    private final ContentType defaultType;
    private State state = State.HEADER;
    private ContentType type = ContentType.TEXT;
    private Boundary.Delimiter boundary = new Boundary.Delimiter("");

    Part(ContentType defaultType) {
        this.defaultType = defaultType;
    }

    State state() {
        return state;
    }

    void go(State next) {
        state = next;
    }

    ContentType defaultType() {
        return defaultType;
    }

    ContentType type() {
        return type;
    }

    void setType(ContentType type) {
        this.type = type;
    }

    /** Of a multipart. */
    Boundary.Delimiter boundary() {
        return boundary;
    }

    void setBoundary(Boundary.Delimiter boundary) {
        this.boundary = boundary;
    }

    /** A part within this one; in a digest it is a message unless it says otherwise (RFC 2046 5.1.5). */
    Part child() {
        return new Part(type.isDigest() ? ContentType.MESSAGE : ContentType.TEXT);
    }
}
