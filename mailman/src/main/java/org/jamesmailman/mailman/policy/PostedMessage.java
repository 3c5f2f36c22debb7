// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import org.jamesmailman.mailman.message.MimeAnalysis;

/** What the posting rules read of a message; each thing is read when a rule asks for it, once for all lists. */
public interface PostedMessage {
    /** The bare address of {@code MAIL FROM}, as it came; empty for the null reverse-path. */
    String reversePath();

    /**
     * What its header and structure tell.
     *
     * @throws IOException when the message cannot be read
     */
    MimeAnalysis analysis() throws IOException;
}
