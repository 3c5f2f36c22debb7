// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.QueueDirectory;
import org.jamesmailman.testing.SmtpClient;
import org.jamesmailman.testing.TemporaryFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail that James has taken by SMTP, and answered for, when it cannot be put into Mailman's queue. */
class SpoolIT {
    private static final String RECIPIENT = "ant-owner@lists.example.com";

    private final TemporaryFolder folder = TemporaryFolder.create("spool");
    private final Path control = folder.path().resolve("control");
    private final int smtpPort = FreePorts.next();
    private PrivateJames james;

    @BeforeEach
    void startWithSmtp() throws IOException {
        Path smtpserver = Files.writeString(folder.path().resolve("smtpserver.xml"), """
                <smtpservers>
                    <smtpserver enabled="true">
                        <jmxName>smtpserver</jmxName>
                        <bind>127.0.0.1:%d</bind>
                        <connectionBacklog>20</connectionBacklog>
                        <tls socketTLS="false" startTLS="false"/>
                        <connectiontimeout>360</connectiontimeout>
                        <authorizedAddresses>127.0.0.0/8</authorizedAddresses>
                        <handlerchain>
                            <handler class="org.apache.james.smtpserver.CoreCmdHandlerLoader"/>
                        </handlerchain>
                    </smtpserver>
                </smtpservers>
                """.formatted(smtpPort));
        james = PrivateJames.builder()
                .file("conf/smtpserver.xml", smtpserver)
                .inside("fiu-run", "-x", "-f", control.toString())
                .start();
    }

    @AfterEach
    void end() {
        try (folder) {
            james.close();
        }
    }

    @Test
    void isTriedAgainAndQueuedWhenTheFaultIsShort() {
        Program.of(
                        "fiu-ctrl",
                        "-f",
                        control.toString(),
                        "-c",
                        "enable name=posix/io/dir/rename,onetime,failinfo=5",
                        Long.toString(james.program().pid()))
                .runWell();
        send();
        assertThat(queue().awaitEntries(1)).hasSize(1);
        assertThat(james.program().output()).contains("Input/output error");
        assertThat(kept()).isEmpty();
    }

    @Test
    void isKeptWhereAnAdministratorFindsItWhenTheFaultIsLong() throws IOException {
        Path away = queue().path().resolveSibling("away");
        Files.move(queue().path(), away);
        send();
        Await.until("the mail in the error repository", () -> !kept().isEmpty());
        Files.move(away, queue().path());
        assertThat(queue().files()).isEmpty();
    }

    private void send() {
        try (SmtpClient client = SmtpClient.connect(smtpPort)) {
            assertThat(client.send("anne@example.com", List.of(RECIPIENT), Posts.message(1))
                            .code())
                    .isEqualTo(250);
        }
    }

    private QueueDirectory queue() {
        return new QueueDirectory(james.varDirectory().resolve("queue/in"));
    }

    private List<Path> kept() {
        Path repository = james.varDirectory().resolve("mail/error");
        if (!Files.isDirectory(repository)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
