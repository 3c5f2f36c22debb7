// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A message too large for memory, in a temporary file that somebody else deletes when it is no longer needed.
 *
 * @param file holds the message and nothing else
 * @param size its length in octets
 */
public record FileMessage(Path file, long size) implements WireMessage {
    @Override
    public InputStream openStream() throws IOException {
        return Files.newInputStream(file);
    }
}
