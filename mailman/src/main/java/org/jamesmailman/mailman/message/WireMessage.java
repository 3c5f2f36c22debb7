// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a message exactly as they came over the wire: CRLFs kept, dot-stuffing undone, nothing else changed.
 *
 * <p>Immutable while it is in use; may be read any number of times, by several threads at once.
 */
public interface WireMessage {
    /** The number of octets. */
    long size();

    /**
     * Opens the bytes from their start. The caller closes the stream.
     *
     * @throws IOException when the bytes lie in a file that cannot be read
     */
    InputStream openStream() throws IOException;
}
