// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PROXY protocol (haproxy's doc/proxy-protocol.txt), where it is asked for. */
class ProxiedListenerTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @TempDir
    Path root;

    private final List<String> clients = new CopyOnWriteArrayList<>();
    private LmtpServerFixture server;

    @BeforeEach
    void start() {
        SiteFixture site = SiteFixture.in(root);
        server = new LmtpServerFixture(site, new MailetsFixture(site))
                .withHook(new AddressHook(clients))
                .with("proxyRequired", true)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record AddressHook(List<String> clients) implements RcptHook {
        @Override
        public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
            clients.add(session.getRemoteAddress().getAddress().getHostAddress());
            return HookResult.DECLINED;
        }
    }

    private String clientBehind(byte[] header) {
        try (WireClient client = WireClient.connect(server.port())) {
            client.sendBytes(header).expect("220 ");
            client.send("LHLO x").expect("250").send("MAIL FROM:<>").expect("250");
            client.send("RCPT TO:<ant@example.com>").expect("250");
        }
        return clients.get(0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void readsTheFirstVersion() {
        assertThat(clientBehind(ascii("PROXY TCP4 192.0.2.7 192.0.2.8 1234 24\r\n")))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void readsTheSecondVersion() {
        assertThat(clientBehind(HexFormat.of().parseHex(SIGNATURE + "2111000cc0000207c000020804d20018")))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void takesTheProxysOwnConnectionForWhatItIs() {
        assertThat(clientBehind(HexFormat.of().parseHex(SIGNATURE + "20000000")))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void takesAClientThatTheProxyDoesNotKnow() {
        assertThat(clientBehind(ascii("PROXY UNKNOWN\r\n"))).isEqualTo("127.0.0.1");
    }

    @Test
    void closesWithoutAHeader() {
        try (LogLines log = new LogLines();
                WireClient client = WireClient.connect(server.port())) {
            client.send("LHLO client.example.org").expectClosed();

            // Told when the connection has been closed.
            Await.until("the line in the log", () -> log.all().stream()
                    .anyMatch(line -> line.startsWith("WARN The connection from 127.0.0.1 has no PROXY header, which"
                            + " proxyRequired of mailman-lmtp.xml wants: ")));
        }
    }
}
