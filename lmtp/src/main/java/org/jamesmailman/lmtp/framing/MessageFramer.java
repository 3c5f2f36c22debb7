// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Reads what comes after DATA, up to and with the line that ends it, and undoes the dot-stuffing (RFC 5321 4.5.2).
 *
 * <p>Lines may have any length, and are not looked at one by one: what needs no change goes on in one piece. Only
 * {@code CRLF.CRLF} ends a message; a bare CR is content, a bare LF ends the reading, for what follows it could be
 * taken for a command by one server and for content by another (SMTP smuggling). For one message; used by one thread.
 */
public final class MessageFramer {
    /** Takes the message piece by piece. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the next piece.
         *
         * @param piece valid during the call only
         */
        void add(ByteBuffer piece);
    }

    /** How far the message has come. */
    public enum Progress {
        /** All of the input is read, and the message has not ended. */
        MORE,
        /** The message has ended; what follows it is left in the input. */
        END,
        /** A line ended without CR; what follows it is left in the input. */
        BARE_LINE_FEED
    }

    private enum State {
        /** At the start of a line. */
        LINE_START,
        /** Behind a dot at the start of a line, which is not handed on. */
        DOT,
        /** Behind a dot and a CR at the start of a line, neither of them handed on. */
        DOT_CR,
        /** Within a line, not behind a CR. */
        TEXT,
        /** Within a line, behind a CR that has been handed on. */
        CR
    }

    private static final ByteBuffer CARRIAGE_RETURN =
            ByteBuffer.wrap(new byte[] {'\r'}).asReadOnlyBuffer();

    private final Sink sink;
    private State state = State.LINE_START;

    public MessageFramer(Sink sink) {
        this.sink = sink;
    }

    /** Reads the input until it or the message ends. */
    public Progress read(ByteBuf input) {
        while (input.isReadable()) {
            Progress progress = state == State.DOT || state == State.DOT_CR ? afterDot(input) : lines(input);
            if (progress != Progress.MORE) {
                return progress;
            }
        }
        return Progress.MORE;
    }

    /** Reads lines up to the first that starts with a dot, and hands them on in one piece. */
    private Progress lines(ByteBuf input) {
        int start = input.readerIndex();
        int limit = input.writerIndex();
        int position = start;
        while (position < limit) {
            if (state == State.LINE_START && input.getByte(position) == '.') {
                handOn(input, position - start);
                input.skipBytes(1);
                state = State.DOT;
                return Progress.MORE;
            }
            int lineFeed = input.indexOf(position, limit, (byte) '\n');
            if (lineFeed < 0) {
                state = input.getByte(limit - 1) == '\r' ? State.CR : State.TEXT;
                break;
            }
            boolean isBehindCr = lineFeed == position ? state == State.CR : input.getByte(lineFeed - 1) == '\r';
            position = lineFeed + 1;
            if (!isBehindCr) {
                input.readerIndex(position);
                return Progress.BARE_LINE_FEED;
            }
            state = State.LINE_START;
        }
        handOn(input, limit - start);
        return Progress.MORE;
    }

    private Progress afterDot(ByteBuf input) {
        byte octet = input.getByte(input.readerIndex());
        if (state == State.DOT) {
            if (octet == '\r') {
                input.skipBytes(1);
                state = State.DOT_CR;
            } else {
                state = State.TEXT;
            }
            return Progress.MORE;
        }
        if (octet == '\n') {
            input.skipBytes(1);
            return Progress.END;
        }
        sink.add(CARRIAGE_RETURN.duplicate());
        state = State.CR;
        return Progress.MORE;
    }

    private void handOn(ByteBuf input, int length) {
        if (length > 0) {
            sink.add(input.nioBuffer(input.readerIndex(), length));
            input.skipBytes(length);
        }
    }
}
