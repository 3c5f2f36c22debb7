// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The header fields of a message and of all parts within, as they are when it lies in Mailman's queue: with what its
 * LMTP runner ({@code runners/lmtp.py}) adds and takes away. Thread-safe.
 */
public final class QueuedHeaders {
    private static final String MESSAGE_ID = "message-id";
    private static final List<String> HASHES = List.of("message-id-hash", "x-message-id-hash");
    private static final String NULL_REVERSE_PATH = "<>";

    /** Longer values are left to Mailman: reading them is not free. */
    private static final int MAX_VALUE_LENGTH = 1 << 14;

    /** In all values with encoded words; those are what takes time to decode. */
    private static final int MAX_ENCODED_LENGTH = 1 << 17;

    private final Map<String, List<String>> values = new HashMap<>();
    private final Map<String, List<Optional<String>>> decoded = new ConcurrentHashMap<>();
    private final AtomicInteger encodedLength = new AtomicInteger();
    private final boolean complete;

    /**
     * @param headers of the message itself
     * @param parts what lies within
     * @param reversePath the bare address of {@code MAIL FROM}; empty for the null reverse-path
     * @param spareMessageId the Message-ID that a message without one gets
     */
    public QueuedHeaders(Headers headers, MessageParts parts, String reversePath, String spareMessageId) {
        complete = headers.isComplete() && parts.headers().isComplete();
        headers.fields().forEach(this::add);
        if (!values.containsKey(MESSAGE_ID)) {
            add(new HeaderField(MESSAGE_ID, spareMessageId));
        }
        String hash = hash(values.get(MESSAGE_ID).get(0));
        HASHES.forEach(name -> values.put(name, new ArrayList<>(List.of(hash))));
        add(new HeaderField("x-mailfrom", reversePath.isEmpty() ? NULL_REVERSE_PATH : reversePath));
        parts.headers().fields().forEach(this::add);
    }

    private void add(HeaderField field) {
        values.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                .add(field.value());
    }

    /** As {@code add_message_hash} in Mailman's {@code utilities/email.py}. */
    private static String hash(String messageId) {
        boolean bracketed = messageId.startsWith("<") && messageId.endsWith(">");
        String bare = bracketed ? messageId.substring(1, messageId.length() - 1) : PythonText.strip(messageId);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return BaseEncoding.base32().encode(sha1.digest(bare.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Whether these are all fields; false when there are more than {@link MimeLimits} allow. */
    public boolean areComplete() {
        return complete;
    }

    /** How many fields have this name. */
    public int count(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).size();
    }

    /**
     * The values of all fields of a name, in order, decoded as {@code check} in Mailman's {@code chains/headers.py}
     * decodes them. Nothing stands for a value on which Python raises, or which it may decode otherwise than we do.
     */
    public List<Optional<String>> decoded(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        List<String> raw = values.get(lowerCase);
        return raw == null
                ? List.of()
                : decoded.computeIfAbsent(
                        lowerCase, key -> raw.stream().map(this::decode).toList());
    }

    private Optional<String> decode(String value) {
        boolean tooMuch = value.contains("=?") && encodedLength.addAndGet(value.length()) > MAX_ENCODED_LENGTH;
        if (tooMuch || value.length() > MAX_VALUE_LENGTH || value.chars().anyMatch(c -> c > 0xFF)) {
            return Optional.empty();
        }
        return PythonText.isAscii(value) ? EncodedWords.decode(value) : Optional.of(unfolded(value));
    }

    /**
     * A value with raw 8-bit. Mailman has Python encode it ({@code Header.encode}), which begins each of its lines with
     * one blank, and decodes that again.
     */
    private static String unfolded(String value) {
        List<String> lines = PythonText.lines(PythonText.withoutEightBit(value));
        StringBuilder unfolded = new StringBuilder(lines.get(0));
        lines.stream().skip(1).forEach(line -> unfolded.append(' ').append(PythonText.stripLeading(line)));
        return unfolded.toString();
    }
}
