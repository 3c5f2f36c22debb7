// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LmtpGreetingTest {
    @Test
    void isContentWithAServerThatTakesPart() throws Exception {
        assertThatCode(() -> greet("220 ready\r\n250-here\r\n250 SIZE\r\n221 bye\r\n"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAServerThatDoesNotTakePart() {
        assertThatThrownBy(() -> greet("421 not now\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("does not serve: it should say 220, and said '421 not now'");
    }

    @Test
    void refusesAServerThatHangsUp() {
        assertThatThrownBy(() -> greet("220 ready\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("it should say 250, and said nothing");
    }

    @Test
    void refusesAnAddressWhereNobodyListens() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket server = listen()) {
            nobody = (InetSocketAddress) server.getLocalSocketAddress();
        }

        assertThatThrownBy(() -> LmtpGreeting.exchange(nobody))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + nobody.getPort());
    }

    @Test
    void writesAnIPv6AddressInBrackets() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 24);

        assertThat(LmtpGreeting.printable(address)).isEqualTo("[2001:db8:0:0:0:0:0:1]:24");
    }

    @Test
    void namesTheLoopbackAddressWhereAllAreListenedOn() {
        assertThat(LmtpGreeting.printable(new InetSocketAddress("0.0.0.0", 24))).isEqualTo("127.0.0.1:24");
    }

    /** Lets a server say all of this at once, then hang up when the client has sent what it has to. */
    private static void greet(String script) throws Exception {
        try (ServerSocket server = listen()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(server, script));
            try {
                LmtpGreeting.exchange((InetSocketAddress) server.getLocalSocketAddress());
            } finally {
                served.join();
            }
        }
    }

    private static void serveOnce(ServerSocket server, String script) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(script.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
