// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The octets of a message on their way to the parser, watched for a NUL and a bare CR. */
final class RawOctets extends FilterInputStream {
    private boolean nul;
    private boolean bareCr;
    private boolean crLast;

    RawOctets(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            bareCr |= crLast;
        }
        for (int i = offset; i < offset + count; i++) {
            byte octet = buffer[i];
            bareCr |= crLast && octet != '\n';
            crLast = octet == '\r';
            nul |= octet == 0;
        }
        return count;
    }

    boolean hasNul() {
        return nul;
    }

    /** Whether a CR was followed by something else than a LF, or by nothing. */
    boolean hasBareCr() {
        return bareCr;
    }
}
