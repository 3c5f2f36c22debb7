// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;

/** What is written reaches nobody any more. */
final class OutputLostException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputLostException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the reader has gone, which is his good right. */
    boolean isReaderGone() {
        return String.valueOf(getMessage()).contains("Broken pipe");
    }
}
