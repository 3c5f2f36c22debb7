// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One short LMTP session, by which a listener shows that it is there for its clients (RFC 2033). */
final class LmtpGreeting {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LmtpGreeting() {}

    /** @throws IOException when anything but 220, 250 and 221 comes back, or nothing within ten seconds */
    static void exchange(InetSocketAddress listener) throws IOException {
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(PATIENCE.toMillis());
            socket.setSoTimeout(millis);
            socket.connect(reachable(listener), millis);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            expect("220", replies);
            command("LHLO localhost", socket.getOutputStream());
            expect("250", replies);
            command("QUIT", socket.getOutputStream());
            expect("221", replies);
        } catch (IOException e) {
            throw new ListenerException(
                    "the LMTP listener " + printable(listener) + " does not serve: " + e.getMessage(), e);
        }
    }

    /** @throws IOException when nobody takes the connection within ten seconds */
    static void connect(InetSocketAddress listener) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(reachable(listener), Math.toIntExact(PATIENCE.toMillis()));
        } catch (IOException e) {
            throw new ListenerException(
                    "the LMTP listener " + printable(listener) + " does not serve: " + e.getMessage(), e);
        }
    }

    /** The address as a client on this machine writes it. */
    static String printable(InetSocketAddress listener) {
        InetSocketAddress address = reachable(listener);
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** A listener on all addresses is reached by the loopback one. */
    private static InetSocketAddress reachable(InetSocketAddress listener) {
        InetAddress address = listener.getAddress();
        return address.isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
                : listener;
    }

    private static void command(String line, OutputStream out) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void expect(String code, BufferedReader replies) throws IOException {
        String line = replies.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = replies.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new IOException(
                    "it should say " + code + ", and said " + (line == null ? "nothing" : "'" + line + "'"));
        }
    }
}
