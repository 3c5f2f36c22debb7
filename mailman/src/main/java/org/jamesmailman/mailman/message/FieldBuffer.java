// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The octets of the header field at hand: its first line and those that continue it, up to a limit. */
final class FieldBuffer {
    private final int limit;
    private byte[] octets = new byte[256];
    private int length;
    private boolean open;
    private boolean cut;

    FieldBuffer(int limit) {
        this.limit = limit;
    }

    void begin(LineReader line) {
        length = 0;
        cut = false;
        open = true;
        append(line);
    }

    void append(LineReader line) {
        int wanted = line.end() - line.start();
        int count = Math.min(wanted, limit - length);
        cut |= line.isCut() || count < wanted;
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + count, octets.length * 2));
        }
        System.arraycopy(line.buffer(), line.start(), octets, length, count);
        length += count;
    }

    /** Whether a field has begun that continuation lines belong to. */
    boolean isOpen() {
        return open;
    }

    void close() {
        open = false;
    }

    /** Whether the field was too long: only its beginning is here. */
    boolean isCut() {
        return cut;
    }

    int length() {
        return length;
    }

    /** The field, if it is not cut, split as {@code email._policybase.Compat32.header_source_parse} does. */
    HeaderField field() {
        int colon = colon();
        int from = colon + 1;
        while (from < length && (octets[from] == ' ' || octets[from] == '\t')) {
            from++;
        }
        int to = length;
        while (to > from && (octets[to - 1] == '\r' || octets[to - 1] == '\n')) {
            to--;
        }
        return new HeaderField(text(0, colon), text(from, to));
    }

    /** Whether the field's name is this one, given in lower case. */
    boolean isNamed(String lowerCaseName) {
        int expected = lowerCaseName.length();
        if (length <= expected || octets[expected] != ':') {
            return false;
        }
        for (int i = 0; i < expected; i++) {
            int octet = octets[i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
            if (lower != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int colon() {
        int i = 0;
        while (octets[i] != ':') {
            i++;
        }
        return i;
    }

    private String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
