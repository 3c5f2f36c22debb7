// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.jamesmailman.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmtpDataCmdHandlerTest extends OnTheWire {
    @Test
    void wantsMailFirst() {
        assertThat(client.ask("DATA")).isEqualTo("503 5.5.1 say MAIL first");
    }

    @Test
    void wantsARecipient() {
        client.ask("MAIL FROM:<anne@example.com>");
        client.ask("RCPT TO:<no-such-list@example.com>");

        assertThat(client.ask("DATA")).isEqualTo("503 5.5.1 no valid recipients");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("250");
        assertThat(client.ask("DATA")).startsWith("354 ");
    }

    @Test
    void hasNoArgument() {
        client.ask("MAIL FROM:<anne@example.com>");
        client.ask("RCPT TO:<ant@example.com>");

        assertThat(client.ask("DATA now")).isEqualTo("501 5.5.4 DATA has no argument");
        assertThat(client.ask("data ")).startsWith("354 ");
    }

    @Test
    void doesNotLetAnAdminsFilterChangeTheMessage() {
        restart(another().withHook(new ShoutingFilter()));

        client.startMessage("ant@example.com").send(MESSAGE + ".\r\n");

        assertThat(client.reply()).startsWith("250 2.0.0");
        assertThat(mailets.messages()).containsExactly(MESSAGE);
    }

    private static final class ShoutingFilter implements DataLineFilter {
        @Override
        public Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
            return new SMTPResponse("554", "filtered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "From: anne@example.com\r\n\r\nhon", "From: anne@example.com\r\n\r\nhoney\r\n.\r"})
    void leavesNothingOfAMessageThatIsNotEnded(String beginning) {
        client.startMessage("ant@example.com", "bee-request@example.com").send(beginning);
        client.close();

        server.awaitDisconnection();
        assertThat(mailets.deliveries()).isEmpty();
        assertThat(site.files()).isEmpty();
    }

    @Test
    void closesTheTemporaryFileOfALargeMessageThatIsNotEnded() {
        client.startMessage("ant@example.com").send("honey\r\n".repeat(200_000));
        Await.until("a temporary file", () -> temporaryFiles() == 1);
        client.close();

        server.awaitDisconnection();
        assertThat(temporaryFiles()).isZero();
        assertThat(mailets.deliveries()).isEmpty();
    }

    @Test
    void closesTheTemporaryFileOfALargeMessageThatIsQueued() {
        String message = MESSAGE + "honey\r\n".repeat(200_000);
        client.startMessage("ant@example.com", "bee-owner@example.com").send(message + ".\r\n");

        assertThat(client.replies(2)).allMatch(reply -> reply.startsWith("250 2.0.0"));
        assertThat(temporaryFiles()).isZero();
        assertThat(site.queued("in")).hasSize(2).allSatisfy(entry -> assertThat(entry.contains(message))
                .as("has the very message")
                .isTrue());
    }

    /** How many temporary files of messages this process has open; they have no name any more. */
    private long temporaryFiles() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(this::isTemporary).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTemporary(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(root.resolve("tmp") + "/");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }
}
