// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jamesmailman.testing.LmtpClient;
import org.junit.jupiter.api.Test;

/** The {@code lmtpserver.xml} that James 3.8.1 brings serves, with the edits that docs/install.md tells. */
class StockConfigurationIT {
    @Test
    void servesWithTheStockConfigurationAndTheDocumentedEdits() {
        try (PrivateJames james = PrivateJames.builder()
                        .lmtpserver(ours -> edited(stock()))
                        .start();
                LmtpClient client = james.client()) {
            LmtpClient.Delivery delivery = client.deliver(
                    "anne@example.com",
                    List.of("ant@lists.example.com", "unknown@lists.example.com", "ant-join@lists.example.com"),
                    "From: anne@example.com\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(delivery.atRcpt()).extracting(reply -> reply.code()).containsExactly(250, 550, 250);
            assertThat(delivery.afterData()).extracting(reply -> reply.code()).containsExactly(250, 250);
        }
    }

    private static String edited(String stock) {
        String edited = stock.replace("<lmtpserver enabled=\"false\">", "<lmtpserver enabled=\"true\">")
                .replace("<bind>127.0.0.1:24</bind>", "<bind>127.0.0.1:8024</bind>")
                .replace(
                        "<handlerchain enableJmx=\"true\">",
                        "<handlerchain enableJmx=\"true\" coreHandlersPackage=\"org.jamesmailman.lmtp.MailmanHandlers\">")
                .replace("<handler class=\"org.apache.james.lmtpserver.CoreCmdHandlerLoader\"/>", "");
        assertThat(edited)
                .contains("enabled=\"true\"", "127.0.0.1:8024", "MailmanHandlers")
                .doesNotContain("CoreCmdHandlerLoader");
        return edited;
    }

    /** Out of James's own JAR, so that it is what James brings. */
    private static String stock() {
        Path lib = Path.of(System.getProperty("jamesmailman.distribution")).resolve("lib");
        try (Stream<Path> jars = Files.list(lib)) {
            Path jar = jars.filter(path -> path.getFileName().toString().startsWith("james-server-protocols-lmtp"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile file = new JarFile(jar.toFile());
                    InputStream xml = file.getInputStream(file.getEntry("lmtpserver.xml"))) {
                return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
