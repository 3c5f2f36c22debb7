// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.unixsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    @TempDir
    Path directory;

    private ServerSocketChannel listener;
    private Socket client;
    private SocketChannel server;

    @BeforeEach
    void connect() throws IOException {
        Path path = directory.resolve("socket");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        client = new UnixSocketFactory(path.toString()).createSocket();
        assertThat(client.isConnected()).isFalse();
        client.connect(null, 1_000);
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void carriesOctetsBothWaysToTheEnd() throws Exception {
        assertThat(client.isConnected()).isTrue();
        client.getOutputStream().write(200);
        ByteBuffer got = ByteBuffer.allocate(1);
        server.read(got);
        assertThat(got.array()).containsExactly((byte) 200);
        server.write(ByteBuffer.wrap(new byte[] {1, (byte) 255}));
        assertThat(client.getInputStream().read()).isEqualTo(1);
        assertThat(client.getInputStream().read()).isEqualTo(255);
        server.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void writesMoreThanTheOtherSideTakesAtOnce() throws Exception {
        byte[] many = new byte[4 << 20];
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(this::readAll);
        client.getOutputStream().write(many);
        client.close();
        assertThat(read.get()).isEqualTo(many.length);
    }

    private int readAll() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            int all = 0;
            for (int count = server.read(buffer); count >= 0; count = server.read(buffer.clear())) {
                all += count;
            }
            return all;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void waitsForAnAnswerNoLongerThanItIsTold() throws Exception {
        client.setSoTimeout(50);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        server.write(ByteBuffer.wrap(new byte[] {7}));
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }
}
