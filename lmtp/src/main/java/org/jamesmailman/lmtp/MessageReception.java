// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.nio.file.Path;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.message.MessageCollector;

/** Starts the reception of messages. Thread-safe. */
public final class MessageReception {
    /** Like James's own {@code james.message.memory.threshold}, but that four times as much stays in memory. */
    private static final int MEMORY_THRESHOLD = 400 * 1024;

    private final MessageSizeLimit sizeLimit;
    private final MessageDelivery delivery;

    @Inject
    public MessageReception(MessageSizeLimit sizeLimit, MessageDelivery delivery) {
        this.sizeLimit = sizeLimit;
        this.delivery = delivery;
    }

    MessageLineHandler begin(SMTPSession session, Envelope envelope, MessageHooks hooks) {
        long limit = sizeLimit.of(session);
        Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
        MessageCollector collector = new MessageCollector(temporaryDirectory, MEMORY_THRESHOLD, limit);
        return new MessageLineHandler(
                collector, limit, envelope, message -> delivery.deliver(session, envelope, message, hooks));
    }
}
