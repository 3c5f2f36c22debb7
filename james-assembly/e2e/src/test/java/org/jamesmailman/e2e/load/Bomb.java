// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Messages that are made to hurt who parses them. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a supplier has no state.
enum Bomb {
    HEADERS(() -> "From: anne@example.com\r\n" + "X-a: b\r\n".repeat(200_000) + "\r\nHi\r\n"),
    LONG_HEADER(() -> "From: anne@example.com\r\nX-a: " + "b".repeat(16_000_000) + "\r\n\r\nHi\r\n"),
    FOLDED_HEADER(() -> "From: anne@example.com\r\nX-a: b" + "\r\n b".repeat(1_000_000) + "\r\n\r\nHi\r\n"),
    SENDERS(() -> "From: anne@example.com" + ",\r\n b@example.com".repeat(100_000) + "\r\n\r\nHi\r\n"),
    SENDER_FIELDS(
            () -> ("From: b@example.com" + ",b@example.com".repeat(3_500) + "\r\n").repeat(15) + "\r\nHi\r\n", 50),
    ENCODED_WORDS(() -> "From: " + "=?utf-8?q?a?= ".repeat(100_000) + "<anne@example.com>\r\n\r\nHi\r\n"),
    COMMENTS(() -> "From: " + "(".repeat(500_000) + ")".repeat(500_000) + " anne@example.com\r\n\r\nHi\r\n"),
    PARTS(() -> multipart("x") + "--x\r\n\r\na\r\n".repeat(100_000) + "--x--\r\n"),
    EMPTY_PARTS(() -> multipart("x") + "--x\r\n".repeat(1_000_000) + "--x--\r\n"),
    NESTED_PARTS(() -> {
        StringBuilder nested = new StringBuilder("From: anne@example.com\r\n");
        for (int depth = 0; depth < 10_000; depth++) {
            nested.append("Content-Type: multipart/mixed; boundary=b").append(depth);
            nested.append("\r\n\r\n--b").append(depth).append("\r\n");
        }
        return nested.append("\r\nHi\r\n").toString();
    }),
    NESTED_MESSAGES(
            () -> "From: anne@example.com\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(50_000) + "Hi\r\n"),
    LONG_BOUNDARY(() -> multipart("x".repeat(1_000_000)) + "--x\r\n".repeat(100_000)),
    PARAMETERS(() ->
            "From: anne@example.com\r\nContent-Type: text/plain" + ";\r\n a*0*=b".repeat(200_000) + "\r\n\r\nHi\r\n");

    private final Supplier<String> message;
    private final int recipients;

    Bomb(Supplier<String> message) {
        this(message, 1);
    }

    Bomb(Supplier<String> message, int recipients) {
        this.message = message;
        this.recipients = recipients;
    }

    private static String multipart(String boundary) {
        return "From: anne@example.com\r\nContent-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n";
    }

    /** How many it is sent to at once. */
    int recipients() {
        return recipients;
    }

    /** The message. */
    byte[] octets() {
        return message.get().getBytes(StandardCharsets.US_ASCII);
    }
}
