// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A raw socket: what is sent is what is written here, each character one octet. */
final class LmtpClient implements AutoCloseable {
    /** Far longer than any answer takes: so that a test fails and does not hang. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final BufferedReader in;

    private LmtpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Connects, and reads the greeting. */
    static LmtpClient connect(InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            LmtpClient client = new LmtpClient(socket);
            client.reply();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line, its end added, and returns the reply. */
    String ask(String line) {
        send(line + "\r\n");
        return reply();
    }

    /** Sends octets, in one packet if they are few. */
    void send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a transaction, up to where the message is to come. */
    void startMessage(String... recipients) {
        expect("250", ask("MAIL FROM:<anne@example.com>"));
        for (String recipient : recipients) {
            expect("250", ask("RCPT TO:<" + recipient + ">"));
        }
        expect("354", ask("DATA"));
    }

    /** The next reply, its lines between line feeds. */
    String reply() {
        StringBuilder reply = new StringBuilder();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = line();
        }
        return reply.append(line).toString();
    }

    /** The next replies. */
    List<String> replies(int count) {
        return Stream.generate(this::reply).limit(count).toList();
    }

    /** Whether the server has ended the connection and has nothing more to say. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            // A connection that is reset is ended, too.
            return true;
        }
    }

    private String line() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new AssertionError("the server has ended the connection");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(String code, String reply) {
        if (!reply.startsWith(code)) {
            throw new AssertionError("not " + code + " but " + reply);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
