// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A well-behaved LMTP client (RFC 2033) with a connection that is kept from message to message, as Postfix does.
 *
 * <p>Not thread-safe.
 */
public final class LmtpClient implements AutoCloseable {
    private final WireClient wire;

    private LmtpClient(WireClient wire) {
        this.wire = wire;
    }

    /** Connects to a port of 127.0.0.1 and says LHLO. */
    public static LmtpClient connect(int port) {
        WireClient wire = WireClient.connect(port);
        try {
            wire.expect("220").send("LHLO client.example.org").expect("250");
            return new LmtpClient(wire);
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
     * Hands over a message.
     *
     * @param reversePath empty for the null reverse-path
     * @param recipients in the order of their RCPTs
     * @param message with CRLF line ends; its dots not yet doubled
     */
    public Delivery deliver(String reversePath, List<String> recipients, byte[] message) {
        wire.send("MAIL FROM:<" + reversePath + ">").expect("250");
        List<WireReply> atRcpt = new ArrayList<>();
        for (String recipient : recipients) {
            atRcpt.add(wire.send("RCPT TO:<" + recipient + ">").read());
        }
        int accepted = (int) atRcpt.stream().filter(WireReply::isAccepting).count();
        if (accepted == 0) {
            wire.send("RSET").expect("250");
            return new Delivery(atRcpt, List.of());
        }
        wire.send("DATA").expect("354").sendMessage(message);
        return new Delivery(atRcpt, wire.read(accepted));
    }

    /** Says QUIT and closes. */
    @Override
    public void close() {
        try (wire) {
            wire.send("QUIT").expect("221");
        }
    }

    /**
     * How a message fared.
     *
     * @param atRcpt a reply for each recipient
     * @param afterData a reply for each recipient that was accepted at RCPT
     */
    public record Delivery(List<WireReply> atRcpt, List<WireReply> afterData) {
        public Delivery {
            atRcpt = List.copyOf(atRcpt);
            afterData = List.copyOf(afterData);
        }
    }
}
