// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jamesmailman.testing.WireClient;
import org.jamesmailman.testing.WireReply;

/** A client that sends what is written here and nothing else, each character one octet. */
final class RawClient implements AutoCloseable {
    private final WireClient wire;

    private RawClient(WireClient wire) {
        this.wire = wire;
    }

    /** Connects to a port of 127.0.0.1, and reads the greeting. */
    static RawClient connect(int port) {
        return new RawClient(WireClient.connect(port).expect("220 "));
    }

    /** Sends a line, its end added, and returns the reply, its lines between line feeds. */
    String ask(String line) {
        return wire.send(line).read().toString();
    }

    /** Sends octets, in one packet if they are few. */
    void send(String octets) {
        wire.sendBytes(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next reply. */
    String reply() {
        return wire.read().toString();
    }

    /** Whether something has come that has not been read yet. */
    boolean hasReply() {
        return wire.hasReply();
    }

    /** The next replies. */
    List<String> replies(int count) {
        return wire.read(count).stream().map(WireReply::toString).toList();
    }

    /** Begins a transaction of Anne's, up to where the message is to come. */
    RawClient startMessage(String... recipients) {
        wire.send("MAIL FROM:<anne@example.com>").expect("250");
        for (String recipient : recipients) {
            wire.send("RCPT TO:<" + recipient + ">").expect("250");
        }
        wire.send("DATA").expect("354");
        return this;
    }

    /** Returns when the server has ended the connection, and fails when it says something before. */
    void expectEnd() {
        wire.expectClosed();
    }

    @Override
    public void close() {
        wire.close();
    }
}
