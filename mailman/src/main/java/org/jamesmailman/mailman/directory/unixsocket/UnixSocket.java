// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.unixsocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix socket in the shape of a {@link Socket}, as far as a database driver uses one: streams, and a time-out for
 * reading. Used by one thread, but for {@link #close}.
 */
final class UnixSocket extends Socket {
    private static final int BUFFER_SIZE = 1 << 16;

    private final String path;
    private volatile SocketChannel channel;
    private volatile Selector selector;
    private volatile int readTimeout;

    UnixSocket(String path) {
        this.path = path;
    }

    /** @param ignored where a driver believes that it connects to */
    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Path.of(path)));
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, 0);
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return channel != null && !channel.isOpen();
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) {
        readTimeout = milliseconds;
    }

    @Override
    public synchronized int getSoTimeout() {
        return readTimeout;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // There is no TCP here.
    }

    @Override
    public void setKeepAlive(boolean on) {
        // Nor this: the other side cannot vanish without a word.
    }

    @Override
    public int getSendBufferSize() {
        return BUFFER_SIZE;
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (selector != null) {
            selector.close();
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
                int count = channel.read(buffer);
                while (count == 0 && length > 0) {
                    await(SelectionKey.OP_READ, readTimeout);
                    count = channel.read(buffer);
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
                while (buffer.hasRemaining()) {
                    if (channel.write(buffer) == 0) {
                        await(SelectionKey.OP_WRITE, 0);
                    }
                }
            }
        };
    }

    /** @param timeout in milliseconds, 0 for none */
    private void await(int operation, int timeout) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long deadline = System.nanoTime() + timeout * 1_000_000L;
        while (selector.select(timeout) == 0) {
            if (!channel.isOpen()) {
                throw new IOException("the socket was closed");
            }
            if (timeout > 0 && System.nanoTime() >= deadline) {
                throw new SocketTimeoutException("Read timed out");
            }
        }
        selector.selectedKeys().clear();
    }
}
