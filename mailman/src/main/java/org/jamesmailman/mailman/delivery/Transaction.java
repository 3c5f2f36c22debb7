// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.message.MessageParts;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.QueuedHeaders;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.message.SiteChecks;
import org.jamesmailman.mailman.message.TextPart;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.policy.PostedMessage;
import org.jamesmailman.mailman.policy.WorkBudget;
import org.jamesmailman.mailman.queue.Fingerprint;

/** One message on its way to all its recipients: what they share. Thread-safe. */
public final class Transaction implements PostedMessage {
    private static final int BUFFER_SIZE = 8 * 1024;

    /** Ten times what {@code HeaderMatches} spends on one list at most: about a second. */
    private static final long MAX_SEARCHING = 40_000_000;

    private final String reversePath;
    private final WireMessage message;
    private final MimeAnalyzer analyzer;
    private final Instant receivedAt;
    private final String spareMessageId;
    private final WorkBudget searching = new WorkBudget(MAX_SEARCHING);
    private Optional<Senders> senders = Optional.empty();
    private final Map<String, Integer> occurrences = new HashMap<>();
    private Optional<MimeAnalysis> analysis = Optional.empty();
    private Optional<MessageParts> parts = Optional.empty();
    private Optional<QueuedHeaders> queuedHeaders = Optional.empty();
    private Optional<byte[]> digest = Optional.empty();

    /**
     * @param reversePath the bare address of {@code MAIL FROM}, as it came; empty for the null reverse-path
     * @param message its bytes
     * @param analyzer reads the message, once, when somebody asks
     * @param receivedAt when its last octet came
     * @param idDomain what stands behind the {@code @} of the Message-ID that is made up for a message without one
     */
    public Transaction(
            String reversePath, WireMessage message, MimeAnalyzer analyzer, Instant receivedAt, String idDomain) {
        this.reversePath = reversePath;
        this.message = message;
        this.analyzer = analyzer;
        this.receivedAt = receivedAt;
        this.spareMessageId = "<" + UUID.randomUUID() + "@" + idDomain + ">";
    }

    @Override
    public String reversePath() {
        return reversePath;
    }

    public WireMessage message() {
        return message;
    }

    /**
     * What the message's header and structure tell, read once for all recipients.
     *
     * @throws IOException when the message cannot be read
     */
    @Override
    public MimeAnalysis analysis() throws IOException {
        return analysis(SiteChecks.NONE);
    }

    /**
     * The same, with what a site looks for besides: who wants more than others must ask before them, or the message is
     * read once more.
     *
     * @throws IOException when the message cannot be read
     */
    public synchronized MimeAnalysis analysis(SiteChecks checks) throws IOException {
        if (analysis.filter(done -> done.checks().cover(checks)).isEmpty()) {
            analysis = Optional.of(analyzer.analyze(message, checks));
        }
        return analysis.get();
    }

    @Override
    public synchronized Senders senders(SenderHeaders reader) throws IOException {
        if (senders.isEmpty()) {
            senders = Optional.of(reader.read(analysis().headers(), reversePath));
        }
        return senders.get();
    }

    @Override
    public WorkBudget searching() {
        return searching;
    }

    @Override
    public synchronized QueuedHeaders queuedHeaders() throws IOException {
        if (queuedHeaders.isEmpty()) {
            queuedHeaders = Optional.of(new QueuedHeaders(analysis().headers(), parts(), reversePath, spareMessageId));
        }
        return queuedHeaders.get();
    }

    @Override
    public Optional<TextPart> firstText() throws IOException {
        return parts().firstText();
    }

    private synchronized MessageParts parts() throws IOException {
        if (parts.isEmpty()) {
            parts = Optional.of(analyzer.parts(message));
        }
        return parts.get();
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * The Message-ID for a message that has none, with its angle brackets; the same for all recipients, as Mailman's
     * LMTP runner has it.
     */
    String spareMessageId() {
        return spareMessageId;
    }

    /**
     * The fingerprint of this message for a recipient; another one each time that the recipient is named.
     *
     * @throws IOException when the message cannot be read
     */
    synchronized Fingerprint fingerprint(String recipient, Destination destination) throws IOException {
        if (digest.isEmpty()) {
            digest = Optional.of(digest(message));
        }
        int occurrence = occurrences.merge(recipient, 1, Integer::sum) - 1;
        return Fingerprint.of(reversePath, recipient, destination, occurrence, digest.get());
    }

    private static byte[] digest(WireMessage message) throws IOException {
        MessageDigest sha256 = Fingerprint.sha256();
        try (InputStream octets = message.openStream()) {
            byte[] buffer = new byte[BUFFER_SIZE];
            for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return sha256.digest();
    }
}
