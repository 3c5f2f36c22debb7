// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MailmanHandlersTest extends OnTheWire {
    static Stream<String> handlers() {
        return new MailmanHandlers().getHandlers().stream();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void namesClassesThatJamesCanLoad(String name) throws ClassNotFoundException {
        Class<?> handler = Class.forName(name);

        assertThat(ProtocolHandler.class).isAssignableFrom(handler);
        assertThat(Modifier.isPublic(handler.getModifiers())).isTrue();
        assertThat(Modifier.isAbstract(handler.getModifiers())).isFalse();
        assertThat(handler.getConstructors()).as("public constructors").isNotEmpty();
    }

    @Test
    void namesNoClassTwice() {
        assertThat(new MailmanHandlers().getHandlers()).doesNotHaveDuplicates();
    }

    @Test
    void canBeMadeByJamesItself() throws ReflectiveOperationException {
        assertThat(MailmanHandlers.class.getConstructor().newInstance().getHandlers())
                .isEqualTo(List.copyOf(new MailmanHandlers().getHandlers()));
    }

    @ParameterizedTest
    @CsvSource({
        "LHLO, 501",
        "NOOP, 250",
        "RSET, 250",
        "RSET all, 501",
        "QUIT now, 501",
        "VRFY anne, 502",
        "EXPN ant, 502",
        "HELO client.example, 500",
        "EHLO client.example, 500",
        "STARTTLS, 500",
        "AUTH PLAIN, 500",
        "TURN, 500",
        "BDAT 1, 500",
        "'', 500",
        "QUIT, 221"
    })
    void answersToTheCommandsOfLmtpAndNoOthers(String command, String code) {
        assertThat(client.ask(command)).startsWith(code + " ");
    }

    @Test
    void announcesWhatItHonours() {
        assertThat(client.ask("LHLO client.example").lines())
                .hasSize(5)
                .satisfies(greeting -> assertThat(greeting).isEqualTo("250-mx.example.com"), atIndex(0))
                .contains("250-PIPELINING", "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250 SIZE");
    }

    @Test
    void goesOnWhenItHasRefusedToQuit() {
        assertThat(client.ask("QUIT now")).isEqualTo("501 5.5.4 QUIT has no argument");
        assertThat(client.ask("NOOP")).startsWith("250 ");
    }

    @Test
    void leavesTheTransactionWhenItHasRefusedToReset() {
        client.ask("MAIL FROM:<anne@example.com>");

        assertThat(client.ask("RSET all")).isEqualTo("501 5.5.4 RSET has no argument");
        assertThat(client.ask("RCPT TO:<ant@example.com>")).startsWith("250 ");
    }

    @Test
    void endsTheConnectionAfterQuit() {
        client.ask("QUIT");

        client.expectEnd();
    }
}
