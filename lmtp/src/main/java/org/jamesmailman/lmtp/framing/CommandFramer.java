// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import io.netty.buffer.ByteBuf;

/**
 * Takes one command line after the other out of what a client has sent. Only CRLF ends a line (RFC 5321 2.3.8). Used by
 * one thread.
 */
public final class CommandFramer {
    /** RFC 5321 4.5.3.1.4 wants 512, and more for the extensions: a path of 256 and many parameters fit in. */
    public static final int MAX_LINE_LENGTH = 2_048;

    /** Who sends so much without an end does not speak LMTP. */
    private static final int MAX_PASSED_OVER = 64 * 1_024;

    private int passedOver;

    /** What has come. */
    public sealed interface Frame {
        /** A line. */
        final class Line implements Frame {
            private final byte[] octets;

            Line(byte[] octets) {
                this.octets = octets;
            }

            /** The line without its end; the caller's own. */
            public byte[] octets() {
                return octets;
            }
        }

        /** No whole line yet. */
        record More() implements Frame {}

        /** A line that was longer than any command; it has been passed over. */
        record TooLong() implements Frame {}

        /** A line without end. */
        record Endless() implements Frame {}

        /** A line that ends with a bare LF. */
        record BareLineFeed() implements Frame {}
    }

    /** Takes a line out of the input, or as much of it as is not needed any more. */
    public Frame next(ByteBuf input) {
        int start = input.readerIndex();
        int end = input.indexOf(start, input.writerIndex(), (byte) '\n');
        if (end < 0) {
            return unfinished(input);
        }
        int length = end - start;
        boolean endsWithCr = length > 0 && input.getByte(end - 1) == '\r';
        int passedOverBefore = passedOver;
        passedOver = 0;
        if (!endsWithCr) {
            input.readerIndex(end + 1);
            return new Frame.BareLineFeed();
        }
        if (passedOverBefore + length + 1 > MAX_LINE_LENGTH) {
            input.readerIndex(end + 1);
            return new Frame.TooLong();
        }
        byte[] line = new byte[length - 1];
        input.readBytes(line);
        input.skipBytes(2);
        return new Frame.Line(line);
    }

    private Frame unfinished(ByteBuf input) {
        int length = input.readableBytes();
        if (passedOver + length <= MAX_LINE_LENGTH) {
            return new Frame.More();
        }
        // The last octet stays: it may be the CR of the line's end.
        passedOver += length - 1;
        input.skipBytes(length - 1);
        return passedOver > MAX_PASSED_OVER ? new Frame.Endless() : new Frame.More();
    }
}
