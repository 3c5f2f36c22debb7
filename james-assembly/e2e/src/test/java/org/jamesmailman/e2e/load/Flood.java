// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jamesmailman.testing.Await;

/** A client that sends as fast as it can, and reads nothing before nothing more can be sent. Not thread-safe. */
final class Flood implements AutoCloseable {
    /** So many looks in a row without room for one more octet: the server has stopped reading. */
    private static final int STUCK = 10;

    private final SocketChannel channel;
    private final ByteBuffer unsent;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean isEnded;

    Flood(int port, String octets) {
        unsent = ByteBuffer.wrap((octets + "QUIT\r\n").getBytes(StandardCharsets.ISO_8859_1));
        try {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends all, and QUIT, then returns all that the server says until it hangs up. */
    String replies() {
        int[] stuck = {0};
        Await.until("room for a flood", () -> {
            stuck[0] = send() == 0 ? stuck[0] + 1 : 0;
            return !unsent.hasRemaining() || stuck[0] >= STUCK;
        });
        Await.until("the replies to a flood", () -> {
            receive();
            send();
            receive();
            return isEnded;
        });
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    private int send() {
        try {
            int sent = 0;
            int count = channel.write(unsent);
            while (count > 0) {
                sent += count;
                count = channel.write(unsent);
            }
            return sent;
        } catch (IOException e) {
            throw new UncheckedIOException("the server has hung up on a flood", e);
        }
    }

    private void receive() {
        try {
            int count = channel.read(buffer);
            while (count > 0) {
                received.write(buffer.array(), 0, count);
                buffer.clear();
                count = channel.read(buffer);
            }
            isEnded = count < 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the server has hung up on a flood", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
