// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** A message that comes in small bites. */
record Dribble(HeapMessage message, Random random) implements WireMessage {
    Dribble(byte[] octets, Random random) {
        this(new HeapMessage(octets), random);
    }

    @Override
    public long size() {
        return message.size();
    }

    @Override
    public InputStream openStream() {
        return new FilterInputStream(message.openStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(300)));
            }
        };
    }
}
