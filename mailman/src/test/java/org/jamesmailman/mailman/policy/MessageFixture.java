// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jamesmailman.mailman.delivery.Transaction;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.QueuedHeaders;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.message.TextPart;
import org.jamesmailman.mailman.message.WireMessage;

/** Messages for the tests of the rules. */
final class MessageFixture {
    /** What a message without a Message-ID gets. */
    static final String MESSAGE_ID = "<generated@example.com>";

    private MessageFixture() {}

    /** A message as it comes over the wire; ISO-8859-1. */
    static PostedMessage message(String content, String reversePath) {
        WireMessage message = new HeapMessage(content.getBytes(StandardCharsets.ISO_8859_1));
        return new Posted(
                new Transaction(reversePath, message, new MimeAnalyzer(), Instant.EPOCH, "example.com"), message);
    }

    /** As a transaction, with a Message-ID that does not change. */
    private record Posted(Transaction transaction, WireMessage message) implements PostedMessage {
        @Override
        public String reversePath() {
            return transaction.reversePath();
        }

        @Override
        public MimeAnalysis analysis() throws IOException {
            return transaction.analysis();
        }

        @Override
        public Senders senders(SenderHeaders reader) throws IOException {
            return transaction.senders(reader);
        }

        @Override
        public WorkBudget searching() {
            return transaction.searching();
        }

        @Override
        public QueuedHeaders queuedHeaders() throws IOException {
            return new QueuedHeaders(
                    analysis().headers(), new MimeAnalyzer().parts(message), reversePath(), MESSAGE_ID);
        }

        @Override
        public Optional<TextPart> firstText() throws IOException {
            return transaction.firstText();
        }
    }
}
