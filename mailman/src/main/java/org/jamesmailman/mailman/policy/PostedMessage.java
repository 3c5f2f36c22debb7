// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.util.Optional;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.QueuedHeaders;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.message.TextPart;

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

    /**
     * Whom it is from.
     *
     * @param reader finds them in the headers; the same for all lists
     * @throws IOException when the message cannot be read
     */
    Senders senders(SenderHeaders reader) throws IOException;

    /** How much work may still be put into searching its headers, for all lists together. */
    WorkBudget searching();

    /**
     * The header fields of the message and of all its parts, as they will be in Mailman's queue.
     *
     * @throws IOException when the message cannot be read
     */
    QueuedHeaders queuedHeaders() throws IOException;

    /**
     * The first part that is {@code text/plain}, if there is one.
     *
     * @throws IOException when the message cannot be read
     */
    Optional<TextPart> firstText() throws IOException;
}
