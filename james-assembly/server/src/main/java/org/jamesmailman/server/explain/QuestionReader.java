// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Reads lines such as {@code {"mailFrom": "anne@example.com", "rcpt": "ant@example.com", "message": "<base64>"}}: the
 * three keys in any order, each once, and no other. Thread-safe.
 */
final class QuestionReader {
    private static final String MAIL_FROM = "mailFrom";
    private static final String RCPT = "rcpt";
    private static final String MESSAGE = "message";
    private static final int MAX_QUOTED = 200;

    private final JsonFactory factory = new JsonFactory();

    /** The values that were found so far. */
    private static final class Values {
        private Optional<String> mailFrom = Optional.empty();
        private Optional<String> recipient = Optional.empty();
        private Optional<byte[]> message = Optional.empty();
    }

    /**
     * Reads a line.
     *
     * @throws UnreadableLineException when it is no such line
     */
    Question read(byte[] line) throws UnreadableLineException {
        try (JsonParser parser = factory.createParser(line)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new UnreadableLineException("the line is empty");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new UnreadableLineException("the line holds no object in {}");
            }
            Values values = new Values();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                read(parser, values);
            }
            if (parser.nextToken() != null) {
                throw new UnreadableLineException("something follows the closing brace");
            }
            return new Question(
                    given(values.mailFrom, MAIL_FROM),
                    given(values.recipient, RCPT),
                    WireForm.of(given(values.message, MESSAGE)));
        } catch (JsonProcessingException e) {
            throw new UnreadableLineException("this is not JSON (" + printable(e.getOriginalMessage()) + ")", e);
        } catch (IOException e) {
            // Jackson says so of octets that are no UTF-8 nor UTF-16 or -32.
            throw new UnreadableLineException("this is not JSON in UTF-8", e);
        }
    }

    private static void read(JsonParser parser, Values values) throws IOException, UnreadableLineException {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        boolean isFirst =
                switch (key) {
                    case MAIL_FROM -> values.mailFrom.isEmpty();
                    case RCPT -> values.recipient.isEmpty();
                    case MESSAGE -> values.message.isEmpty();
                    default ->
                        throw new UnreadableLineException(
                                "there is no key \"" + printable(key) + "\"; the keys are mailFrom, rcpt and message");
                };
        if (!isFirst) {
            throw new UnreadableLineException("the key \"" + key + "\" stands there twice");
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new UnreadableLineException("the value of \"" + key + "\" is no string");
        }
        switch (key) {
            case MAIL_FROM -> values.mailFrom = Optional.of(parser.getText());
            case RCPT -> values.recipient = Optional.of(parser.getText());
            default -> values.message = Optional.of(octets(parser));
        }
    }

    /** RFC 4648 4, padding and all; blanks and line ends, which some encoders write, are passed over (RFC 2045 6.8). */
    private static byte[] octets(JsonParser parser) throws IOException, UnreadableLineException {
        byte[] base64 = ascii(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        try {
            return strictly(base64);
        } catch (IllegalArgumentException e) {
            try {
                return strictly(withoutBlanks(base64));
            } catch (IllegalArgumentException again) {
                throw new UnreadableLineException(
                        "the value of \"message\" is not base64 (" + printable(again.getMessage()) + ")", again);
            }
        }
    }

    /** Not by way of a string, which takes longer than to decode it. */
    private static byte[] ascii(char[] text, int offset, int length) {
        byte[] ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text[offset + i];
            ascii[i] = c < 0x80 ? (byte) c : (byte) '?';
        }
        return ascii;
    }

    private static byte[] withoutBlanks(byte[] base64) {
        byte[] kept = new byte[base64.length];
        int length = 0;
        for (byte octet : base64) {
            if (octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                kept[length++] = octet;
            }
        }
        return Arrays.copyOf(kept, length);
    }

    /** Java's decoder takes text without its padding, too. */
    private static byte[] strictly(byte[] base64) {
        if (base64.length % 4 != 0) {
            throw new IllegalArgumentException("its length is no multiple of four");
        }
        return Base64.getDecoder().decode(base64);
    }

    private static <T> T given(Optional<T> value, String key) throws UnreadableLineException {
        return value.orElseThrow(() -> new UnreadableLineException("the key \"" + key + "\" is missing"));
    }

    private static String printable(String text) {
        return Printable.ascii(text, MAX_QUOTED);
    }
}
