// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells trouble with the output from trouble with the input. */
final class Output extends FilterOutputStream {
    Output(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        try {
            out.write(octets, offset, length);
        } catch (IOException e) {
            throw new OutputLostException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputLostException(e);
        }
    }
}
