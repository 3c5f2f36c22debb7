// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A conversation with an SMTP or LMTP server, line by line and octet by octet: {@code client.expect("220").send("LHLO
 * x").expect("250")}. It does only what it is told, so it can be as rude as a test wants. Text is ISO-8859-1, so that
 * every octet can be written and read.
 *
 * <p>Not thread-safe.
 */
public final class WireClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_LINE = 100_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final StringBuilder transcript = new StringBuilder();

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /**
     * Connects to a port of 127.0.0.1, and reads nothing yet.
     *
     * @throws UncheckedIOException when nobody listens
     */
    public static WireClient connect(int port) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            return new WireClient(socket);
        } catch (IOException e) {
            close(socket);
            throw new UncheckedIOException("cannot connect to 127.0.0.1:" + port, e);
        }
    }

    /** Sends a line and its CRLF. */
    public WireClient send(String line) {
        transcript.append("C: ").append(line).append('\n');
        return write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends octets as they are. */
    public WireClient sendBytes(byte[] octets) {
        transcript.append("C: (").append(octets.length).append(" octets)\n");
        return write(octets);
    }

    /** Sends a message as DATA wants it (RFC 5321 4.5.2): dots doubled, closed by the line with the dot. */
    public WireClient sendMessage(byte[] message) {
        return sendBytes(DotStuffing.stuffed(message));
    }

    /** Says that nothing more will be sent; replies can still be read. */
    public WireClient endOfInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw failed("cannot end the conversation", e);
        }
        return this;
    }

    /**
     * Reads one reply, all its lines.
     *
     * @param start of its last line, as {@code 250} or {@code 550 5.1.1}
     * @throws AssertionError with the whole conversation, when the reply is another one
     */
    public WireClient expect(String start) {
        WireReply reply = read();
        String last = reply.lines().get(reply.lines().size() - 1);
        if (!last.startsWith(start)) {
            throw new AssertionError("expected " + start + " but got " + reply + " in:\n" + transcript);
        }
        return this;
    }

    /**
     * Reads one reply, all its lines.
     *
     * @throws AssertionError when the server closes the connection instead, or says nothing for {@link Await#PATIENCE}
     */
    public WireReply read() {
        List<String> lines = new ArrayList<>();
        do {
            String line = readLine();
            transcript.append("S: ").append(line).append('\n');
            lines.add(line);
        } while (lines.get(lines.size() - 1).matches("\\d{3}-.*"));
        return new WireReply(lines);
    }

    /** Whether something has come that has not been read yet. */
    public boolean hasReply() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw failed("the connection is broken", e);
        }
    }

    /**
     * Reads one reply, all its lines, where the server may close the connection instead.
     *
     * @return empty when it has closed
     */
    public Optional<WireReply> readOrEnd() {
        return isEnded() ? Optional.empty() : Optional.of(read());
    }

    /** Waits for the next octet, and leaves it there; true when the connection ends instead. */
    private boolean isEnded() {
        try {
            in.mark(1);
            int octet = in.read();
            in.reset();
            return octet < 0;
        } catch (SocketException e) {
            // A reset is an end, too.
            return true;
        } catch (IOException e) {
            throw failed("no reply", e);
        }
    }

    /** Reads so many replies, as LMTP gives after DATA. */
    public List<WireReply> read(int count) {
        List<WireReply> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(read());
        }
        return replies;
    }

    /**
     * Speaks TLS from here on, whatever the server's certificate.
     *
     * @throws AssertionError when the handshake fails
     */
    public WireClient encrypt(SSLContext tls) {
        try {
            SSLSocket encrypted =
                    (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            encrypted.startHandshake();
            socket = encrypted;
            in = new BufferedInputStream(encrypted.getInputStream());
            out = encrypted.getOutputStream();
            transcript.append("C: (TLS)\n");
        } catch (IOException e) {
            throw failed("no TLS", e);
        }
        return this;
    }

    /**
     * Returns when the server has closed the connection.
     *
     * @throws AssertionError when it says something first, or does not close within {@link Await#PATIENCE}
     */
    public void expectClosed() {
        try {
            int octet = in.read();
            if (octet >= 0) {
                throw new AssertionError("expected the end of the connection, but got " + (char) octet + readLine()
                        + " after:\n" + transcript);
            }
        } catch (SocketException e) {
            // A reset is an end, too.
            transcript.append("S: (reset)\n");
        } catch (IOException e) {
            throw failed("the server does not close the connection", e);
        }
    }

    /** What was said so far. */
    public String transcript() {
        return transcript.toString();
    }

    @Override
    public void close() {
        close(socket);
    }

    private WireClient write(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
        } catch (IOException e) {
            throw failed("cannot send", e);
        }
        return this;
    }

    private String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new AssertionError("the server closed the connection after:\n" + transcript + line);
                }
                if (line.size() > MAX_LINE) {
                    throw new AssertionError("an endless line after:\n" + transcript);
                }
                line.write(octet);
            }
        } catch (IOException e) {
            throw failed("no reply", e);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private AssertionError failed(String what, IOException e) {
        return new AssertionError(what + " (" + e.getMessage() + ") after:\n" + transcript, e);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a connection", e);
        }
    }
}
