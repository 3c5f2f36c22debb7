// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageDeliveryTest {
    @TempDir
    Path root;

    @Test
    void smoke() {
        SiteFixture site = SiteFixture.in(root);
        MailetsFixture mailets = new MailetsFixture(site);
        try (LmtpServerFixture server = new LmtpServerFixture(site, mailets).start();
                LmtpClient client = server.connect()) {
            System.out.println(client.ask("LHLO x.example"));
            System.out.println(client.ask("MAIL FROM:<anne@example.com>"));
            System.out.println(client.ask("RCPT TO:<ant@example.com>"));
            System.out.println(client.ask("DATA"));
            System.out.println(client.ask("From: x\r\n\r\nx\r\n."));
            System.out.println(client.ask("QUIT"));
            assertThat(site.queued("in")).hasSize(1);
        }
    }
}
