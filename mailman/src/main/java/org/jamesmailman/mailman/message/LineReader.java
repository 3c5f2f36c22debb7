// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a message as Python's {@code email.feedparser} cracks them: CRLF, bare LF and bare CR all end a line.
 * One line at a time lies in a buffer of bounded size; of a line that does not fit, the beginning is kept and the rest
 * is read over.
 */
final class LineReader {
    private static final int CHUNK = 8192;

    private final InputStream in;
    private final byte[] buffer;
    /** How many octets of a line are kept; what lies behind in the buffer serves to read over the rest of it. */
    private final int keep;

    private int filled;
    private boolean endOfInput;
    private int start;
    private int contentEnd;
    private int lineEnd;
    private boolean cut;
    private boolean blankAfterCut;
    /** How many octets of the line are no longer in the buffer. */
    private long dropped;

    private long length;

    /** Makes a reader; a message that fits is read into a buffer of its own size. */
    LineReader(InputStream in, long size, int lineOctets) {
        this.in = in;
        this.keep = lineOctets;
        this.buffer = new byte[(int) Math.min(Math.max(size, 0) + 1, (long) lineOctets + CHUNK)];
    }

    /** Goes to the next line; false at the end of the message. */
    boolean next() throws IOException {
        start = lineEnd;
        cut = false;
        blankAfterCut = true;
        dropped = 0;
        int scanned = start;
        while (true) {
            int eol = endOfLine(scanned);
            if (eol < filled) {
                return foundLine(eol);
            }
            scanned = filled;
            if (endOfInput) {
                contentEnd = cut ? keep : filled;
                length = filled - start + dropped;
                lineEnd = filled;
                return cut || filled > start;
            }
            scanned -= fill(scanned);
        }
    }

    /**
     * The position of the next CR or LF in the buffer, or its end. While reading over a long line, watches for blanks.
     */
    private int endOfLine(int from) {
        int i = from;
        while (i < filled && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        if (cut) {
            for (int k = from; blankAfterCut && k < i; k++) {
                blankAfterCut = isBlank(buffer[k]);
            }
        }
        return i;
    }

    private boolean foundLine(int eol) throws IOException {
        int end = eol;
        if (buffer[end] == '\r') {
            if (end + 1 == filled && !endOfInput) {
                end -= fill(end);
            }
            if (end + 1 < filled && buffer[end + 1] == '\n') {
                lineEnd = end + 2;
            } else {
                lineEnd = end + 1;
            }
        } else {
            lineEnd = end + 1;
        }
        contentEnd = cut ? keep : end;
        length = end - start + dropped;
        return true;
    }

    /**
     * Reads more behind {@code from}, up to which everything is scanned; makes room when there is none.
     *
     * @return by how much what lay at {@code from} moved towards the start
     */
    private int fill(int from) throws IOException {
        int moved = 0;
        if (filled == buffer.length) {
            if (buffer.length < keep + CHUNK) {
                throw new IOException("The message is longer than its size says");
            }
            moved = makeRoom(from);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            endOfInput = true;
        } else {
            filled += count;
        }
        return moved;
    }

    private int makeRoom(int from) {
        if (start > 0 && !cut) {
            int moved = start;
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= moved;
            start = 0;
            return moved;
        }
        if (!cut) {
            cut = true;
            for (int k = keep; blankAfterCut && k < from; k++) {
                blankAfterCut = isBlank(buffer[k]);
            }
        }
        // A CR at the very end stays: a LF may follow.
        int kept = filled - from;
        System.arraycopy(buffer, from, buffer, keep, kept);
        filled = keep + kept;
        dropped += from - keep;
        return from - keep;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** The buffer that holds the line; it changes with {@link #next()}. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins. */
    int start() {
        return start;
    }

    /** Where the line's content ends, its line end not counted. */
    int contentEnd() {
        return contentEnd;
    }

    /** Where the line ends, its line end counted; for a line that was cut, where its kept content ends. */
    int end() {
        return cut ? contentEnd : lineEnd;
    }

    /** Whether the line was too long to be kept whole. */
    boolean isCut() {
        return cut;
    }

    /** How many octets the line has, its line end not counted; also of a line that was cut. */
    long length() {
        return length;
    }

    /** Whether an octet above 127 is in the line, as far as it is kept. */
    boolean isEightBit() {
        for (int i = start; i < contentEnd; i++) {
            if (buffer[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the line is nothing but a line end. */
    boolean isEmpty() {
        return contentEnd == start;
    }

    boolean startsWith(byte[] prefix) {
        if (contentEnd - start < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer[start + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** The content from an offset, as ISO-8859-1, the blanks and tabs at its end left out. */
    String trimmedContent(int offset) {
        if (cut && !blankAfterCut) {
            // Longer than any boundary: its own length tells it apart.
            return text(offset, contentEnd);
        }
        int end = contentEnd;
        while (end > start + offset && isBlank(buffer[end - 1])) {
            end--;
        }
        return text(offset, end);
    }

    private String text(int offset, int end) {
        return new String(buffer, start + offset, end - start - offset, StandardCharsets.ISO_8859_1);
    }
}
