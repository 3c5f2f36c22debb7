// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.List;

/**
 * A well-behaved SMTP client (RFC 5321).
 *
 * <p>Not thread-safe.
 */
public final class SmtpClient implements AutoCloseable {
    private final WireClient wire;

    private SmtpClient(WireClient wire) {
        this.wire = wire;
    }

    /** Connects to a port of 127.0.0.1 and says EHLO. */
    public static SmtpClient connect(int port) {
        WireClient wire = WireClient.connect(port);
        try {
            wire.expect("220").send("EHLO client.example.org").expect("250");
            return new SmtpClient(wire);
        } catch (AssertionError e) {
            wire.close();
            throw e;
        }
    }

    /** The conversation, for what this class does not do. */
    public WireClient wire() {
        return wire;
    }

    /**
     * Hands over a message for recipients that must all be taken.
     *
     * @param reversePath empty for the null reverse-path
     * @param message with CRLF line ends; its dots not yet doubled
     * @return the reply to the message
     * @throws AssertionError when the reverse-path or a recipient is refused
     */
    public WireReply send(String reversePath, List<String> recipients, byte[] message) {
        wire.send("MAIL FROM:<" + reversePath + ">").expect("250");
        for (String recipient : recipients) {
            wire.send("RCPT TO:<" + recipient + ">").expect("250");
        }
        return wire.send("DATA").expect("354").sendMessage(message).read();
    }

    /** Says QUIT and closes. */
    @Override
    public void close() {
        try (wire) {
            wire.send("QUIT").expect("221");
        }
    }
}
