// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;
import java.io.OutputStream;

/** Writes down explanations. */
interface Report {
    /**
     * Writes one.
     *
     * @throws OutputLostException when it reaches nobody
     */
    void write(Case explained, Grounds grounds, OutputStream out) throws IOException;
}
