// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jamesmailman.mailman.delivery.Transaction;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalyzer;

/** Messages for the tests of the rules. */
final class MessageFixture {
    private MessageFixture() {}

    /** A message as it comes over the wire; ISO-8859-1. */
    static PostedMessage message(String content, String reversePath) {
        return message(content.getBytes(StandardCharsets.ISO_8859_1), reversePath);
    }

    static PostedMessage message(byte[] content, String reversePath) {
        return new Transaction(reversePath, new HeapMessage(content), new MimeAnalyzer(), Instant.EPOCH, "example.com");
    }
}
