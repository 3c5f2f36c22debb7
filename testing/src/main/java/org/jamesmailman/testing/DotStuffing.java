// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.ByteArrayOutputStream;

/** Makes a message ready for DATA (RFC 5321 4.5.2). Stateless. */
public final class DotStuffing {
    private DotStuffing() {}

    /**
     * The message with each line that starts with a dot given another one, and the line with the dot after it; a CRLF
     * is put between only where the message does not end with one. Only a CRLF ends a line.
     */
    public static byte[] stuffed(byte[] message) {
        ByteArrayOutputStream stuffed = new ByteArrayOutputStream(message.length + message.length / 64 + 5);
        boolean lineStart = true;
        for (int i = 0; i < message.length; i++) {
            if (lineStart && message[i] == '.') {
                stuffed.write('.');
            }
            stuffed.write(message[i]);
            lineStart = message[i] == '\n' && i > 0 && message[i - 1] == '\r';
        }
        if (!lineStart) {
            stuffed.write('\r');
            stuffed.write('\n');
        }
        stuffed.writeBytes(new byte[] {'.', '\r', '\n'});
        return stuffed.toByteArray();
    }
}
