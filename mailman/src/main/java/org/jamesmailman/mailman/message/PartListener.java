// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Optional;
import java.util.function.Consumer;

/** Is told what {@link StructureParser} comes across, part after part, each before those within it. */
interface PartListener {
    /** Wants nothing. */
    PartListener NONE = new PartListener() {
        @Override
        public Consumer<FieldBuffer> fields() {
            return field -> {};
        }

        @Override
        public void headerEnd(ContentType type, Optional<String> transferEncoding) {
            // not of interest
        }

        @Override
        public boolean wantsBody() {
            return false;
        }

        @Override
        public void bodyLine(LineReader line) {
            // not of interest
        }

        @Override
        public void bodyEnd() {
            // not of interest
        }
    };

    /** Takes the fields of the header that begins, of a part within the message. */
    Consumer<FieldBuffer> fields();

    /** The header of a part, or of the message, has been read. */
    void headerEnd(ContentType type, Optional<String> transferEncoding);

    /** Whether the lines at hand are of interest, although nothing of the structure depends on them. */
    boolean wantsBody();

    /** A line of what has no parts, or stands behind them. */
    void bodyLine(LineReader line);

    /** The last of such lines has been read. */
    void bodyEnd();
}
