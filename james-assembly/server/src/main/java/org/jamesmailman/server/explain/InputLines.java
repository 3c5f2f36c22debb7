// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, each of bounded length; of a line that is too long nothing is kept. Used by one thread. */
final class InputLines {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final InputStream in;
    private final int maxLength;
    private final Flushable answers;

    private byte[] buffer;
    private int filled;
    private boolean endOfInput;
    private int start;
    private int end;
    private int nextStart;

    /** What {@link #next} found. */
    enum Found {
        LINE,
        TOO_LONG,
        END
    }

    /**
     * Makes a reader.
     *
     * @param maxLength of a line, in octets, its end not counted
     * @param answers flushed before the reader waits for somebody who may be waiting for answers
     */
    InputLines(InputStream in, int maxLength, Flushable answers) {
        this.in = in;
        this.maxLength = maxLength;
        this.answers = answers;
        // One octet more than a line: the line feed behind it.
        this.buffer = new byte[Math.min(FIRST_CAPACITY, maxLength + 1)];
    }

    /** Goes to the next line, of which the last one may lack its line feed. */
    Found next() throws IOException {
        start = nextStart;
        int scanned = start;
        boolean tooLong = false;
        while (true) {
            int lineFeed = lineFeed(scanned);
            if (lineFeed < filled || endOfInput) {
                end = lineFeed;
                nextStart = Math.min(lineFeed + 1, filled);
                if (tooLong) {
                    return Found.TOO_LONG;
                }
                return end == filled && end == start ? Found.END : Found.LINE;
            }
            if (filled - start > maxLength) {
                tooLong = true;
                filled = start;
            }
            scanned = fill();
        }
    }

    private int lineFeed(int from) {
        int i = from;
        while (i < filled && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Reads more of the line behind what is there of it, which moves to the start of the buffer for that. */
    private int fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxLength + 1L));
        }
        int scanned = filled;
        if (isToWait()) {
            answers.flush();
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            endOfInput = true;
        } else {
            filled += count;
        }
        return scanned;
    }

    private boolean isToWait() {
        try {
            return in.available() <= 0;
        } catch (IOException e) {
            // A kind of input that cannot tell.
            return true;
        }
    }

    /** The line, without its line feed. */
    byte[] line() {
        return Arrays.copyOfRange(buffer, start, end);
    }
}
