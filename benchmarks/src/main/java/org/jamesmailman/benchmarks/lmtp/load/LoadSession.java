// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One LMTP session, which speaks as Postfix's {@code lmtp} does: MAIL, RCPT and DATA in one go where the server
 * announces PIPELINING (RFC 2920), else one after the other. Used by one thread.
 */
final class LoadSession {
    private static final int MAX_REPLY = 16 * 1_024;

    private enum Phase {
        GREETING,
        LHLO,
        ENVELOPE,
        CONTENT,
        QUIT,
        OVER
    }

    private final InetSocketAddress server;
    private final boolean keepsConnection;
    private final Posts posts;
    private final Tally tally;
    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(MAX_REPLY);
    private final StringBuilder line = new StringBuilder();

    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer output = ByteBuffer.allocate(0);
    private Phase phase = Phase.GREETING;
    private boolean pipelines;
    private Posts.Post post;
    private List<String> commands = List.of();
    private int awaited;
    private boolean isRefused;
    private long sentAt;

    LoadSession(InetSocketAddress server, boolean keepsConnection, Posts posts, Tally tally, Selector selector) {
        this.server = server;
        this.keepsConnection = keepsConnection;
        this.posts = posts;
        this.tally = tally;
        this.selector = selector;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    void connect() throws IOException {
        SocketChannel opened = SocketChannel.open();
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        channel = opened;
        phase = Phase.GREETING;
        pipelines = false;
        input.clear();
        line.setLength(0);
        boolean isConnected = opened.connect(server);
        key = opened.register(selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    /** Does what can be done without waiting. */
    void work() throws IOException {
        if (key.isConnectable() && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
        }
        if (key.isWritable()) {
            write();
        }
        if (key.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        SocketChannel reading = channel;
        int count = reading.read(input);
        if (count < 0) {
            throw new IOException("the server has closed the connection in phase " + phase);
        }
        input.flip();
        while (input.hasRemaining()) {
            char c = (char) (input.get() & 0xff);
            if (c == '\n') {
                String complete = line.toString();
                line.setLength(0);
                take(complete);
                if (phase == Phase.OVER || !reading.equals(channel)) {
                    return;
                }
            } else if (c != '\r') {
                line.append(c);
            }
        }
        input.clear();
    }

    private void take(String reply) throws IOException {
        if (phase == Phase.LHLO && reply.substring(4).strip().equalsIgnoreCase("PIPELINING")) {
            pipelines = true;
        }
        if (reply.length() > 3 && reply.charAt(3) == '-') {
            return;
        }
        switch (phase) {
            case GREETING -> {
                require(reply, "220");
                phase = Phase.LHLO;
                send("LHLO client.example.org\r\n");
            }
            case LHLO -> {
                require(reply, "250");
                begin();
            }
            case ENVELOPE -> envelopeReply(reply);
            case CONTENT -> contentReply(reply);
            case QUIT -> hangUp();
            case OVER -> {}
        }
    }

    /** Begins a message, or ends the session when the time is over. */
    private void begin() throws IOException {
        if (tally.window().isOverAt(System.nanoTime())) {
            phase = Phase.QUIT;
            send("QUIT\r\n");
            return;
        }
        post = posts.next();
        phase = Phase.ENVELOPE;
        isRefused = false;
        commands = new ArrayList<>();
        commands.add("MAIL FROM:<" + post.mail() + ">\r\n");
        post.recipients().forEach(recipient -> commands.add("RCPT TO:<" + recipient + ">\r\n"));
        commands.add("DATA\r\n");
        awaited = commands.size();
        send(pipelines ? String.join("", commands) : commands.get(0));
    }

    private void envelopeReply(String reply) throws IOException {
        awaited--;
        if (awaited > 0) {
            require(reply, "250");
            if (!pipelines) {
                send(commands.get(commands.size() - awaited));
            }
            return;
        }
        require(reply, "354");
        phase = Phase.CONTENT;
        awaited = post.recipients().size();
        send(post.content());
    }

    private void contentReply(String reply) throws IOException {
        isRefused |= reply.charAt(0) != '2';
        awaited--;
        if (awaited > 0) {
            return;
        }
        tally.answered(sentAt, System.nanoTime(), !isRefused);
        if (keepsConnection) {
            begin();
        } else {
            phase = Phase.QUIT;
            send("QUIT\r\n");
        }
    }

    private void hangUp() throws IOException {
        channel.close();
        if (keepsConnection || tally.window().isOverAt(System.nanoTime())) {
            phase = Phase.OVER;
        } else {
            connect();
        }
    }

    private void send(String text) throws IOException {
        send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void send(ByteBuffer octets) throws IOException {
        output = octets;
        write();
    }

    private void write() throws IOException {
        channel.write(output);
        if (output.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
        }
        if (phase == Phase.CONTENT) {
            sentAt = System.nanoTime();
        }
        if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private static void require(String reply, String code) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("the server said '" + reply + "' where " + code + " was due");
        }
    }
}
