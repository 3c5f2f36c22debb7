// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS from the start, and by STARTTLS (RFC 3207). */
class EncryptedListenerTest {
    @TempDir
    Path root;

    private LmtpServerFixture server;

    private Socket connect(String how) throws IOException {
        Path keystore = root.resolve("keystore");
        Program.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mx.example.com",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        keystore.toString())
                .runWell();
        SiteFixture site = SiteFixture.in(root);
        server = new LmtpServerFixture(site, new MailetsFixture(site))
                .with("tls.[@" + how + "]", true)
                .with("tls.keystore", keystore)
                .with("tls.keystoreType", "PKCS12")
                .with("tls.secret", "secret")
                .start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SSLSocket encrypted(Socket socket) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
            encrypted.startHandshake();
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void send(Socket socket, String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The lines of the next reply. */
    private static String reply(Socket socket) throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            StringBuilder read = new StringBuilder();
            int octet = socket.getInputStream().read();
            while (octet >= 0 && octet != '\n') {
                read.append((char) octet);
                octet = socket.getInputStream().read();
            }
            line = read.toString().strip();
            reply.append(line).append('\n');
        } while (line.startsWith("-", 3));
        return reply.toString();
    }

    private static void deliver(Socket socket) throws IOException {
        send(socket, "MAIL FROM:<>\r\nRCPT TO:<ant@example.com>\r\nDATA\r\n");
        assertThat(reply(socket)).startsWith("250");
        assertThat(reply(socket)).startsWith("250");
        assertThat(reply(socket)).startsWith("354");
        send(socket, "x\r\n".repeat(100_000) + ".\r\n");
        assertThat(reply(socket)).startsWith("250 2.0.0");
    }

    @Test
    void encryptsFromTheStart() throws IOException {
        try (Socket plain = connect("socketTLS");
                Socket socket = encrypted(plain)) {
            assertThat(reply(socket)).startsWith("220 mx.example.com LMTP");
            send(socket, "LHLO x\r\n");
            assertThat(reply(socket)).doesNotContain("STARTTLS");
            deliver(socket);
        }
    }

    @Test
    void tellsTheLogOfAClientThatSpeaksNoTls() throws IOException {
        try (LogLines log = new LogLines();
                Socket plain = connect("socketTLS")) {
            send(plain, "LHLO client.example.org\r\n");

            Await.until("a line of the log", () -> log.all().stream()
                    .anyMatch(line -> line.startsWith("WARN TLS with 127.0.0.1 failed: ")));
        }
    }

    @Test
    void encryptsByStartTlsAndForgetsWhatWasSaidBefore() throws IOException {
        try (Socket plain = connect("startTLS")) {
            assertThat(reply(plain)).startsWith("220");
            send(plain, "LHLO x\r\n");
            assertThat(reply(plain)).contains("250-STARTTLS");
            send(plain, "STARTTLS\r\n");
            assertThat(reply(plain)).startsWith("220");
            try (Socket socket = encrypted(plain)) {
                send(socket, "MAIL FROM:<>\r\n");
                assertThat(reply(socket)).startsWith("503 5.5.1 say LHLO first");
                send(socket, "LHLO x\r\n");
                assertThat(reply(socket)).doesNotContain("STARTTLS");
                deliver(socket);
            }
        }
    }

    @Test
    void doesNotCarryOutWhatWasPutBehindStartTls() throws IOException {
        try (Socket plain = connect("startTLS")) {
            assertThat(reply(plain)).startsWith("220");
            send(plain, "STARTTLS\r\nLHLO injected\r\nMAIL FROM:<mallory@example.com>\r\n");
            assertThat(reply(plain)).startsWith("220");
            try (Socket socket = encrypted(plain)) {
                // A reply to what was injected would come first.
                send(socket, "RCPT TO:<ant@example.com>\r\n");
                assertThat(reply(socket)).startsWith("503 5.5.1 say MAIL first");
                send(socket, "MAIL FROM:<>\r\n");
                assertThat(reply(socket)).startsWith("503 5.5.1 say LHLO first");
            }
        }
    }
}
