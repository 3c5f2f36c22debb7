// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTest {
    private static final String ANT = "Ant@example.com";

    /** The table of {@code docs/replies.md}. */
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("501 5.5.4", Replies.noReversePath()),
                Arguments.of("501 5.5.4", Replies.noForwardPath()),
                Arguments.of("250 2.1.5", Replies.recipientOk(ANT)),
                Arguments.of("250 2.0.0", Replies.queued(ANT, "1.5+ab")),
                Arguments.of("250 2.0.0", Replies.dropped(ANT)),
                Arguments.of("553 5.6.7", Replies.notAscii()),
                Arguments.of("550 5.1.1", Replies.noSuchList(ANT)),
                Arguments.of("550 5.1.2", Replies.domainNotServed(ANT)),
                Arguments.of("501 5.1.3", Replies.malformedAddress(ANT)),
                Arguments.of("550 5.7.2", Replies.mayNotPost(ANT)),
                Arguments.of("550 5.7.1", Replies.refusedDiscard(ANT)),
                Arguments.of("554 5.4.6", Replies.mailLoop(ANT)),
                Arguments.of("554 5.6.0", Replies.malformedMessage(ANT, "no boundary")),
                Arguments.of("552 5.3.4", Replies.tooBig(1000)),
                Arguments.of("552 5.3.4", Replies.tooBig(ANT, 1000)),
                Arguments.of("451 4.3.0", Replies.nothingKnownYet(ANT)),
                Arguments.of("452 4.5.3", Replies.tooManyRecipients()),
                Arguments.of("451 4.3.0", Replies.tryAgainLater(ANT)),
                Arguments.of("452 4.3.1", Replies.queueFull(ANT)),
                Arguments.of("452 4.3.1", Replies.noRoom(ANT)),
                Arguments.of("452 4.3.1", Replies.tooBusy(ANT)),
                Arguments.of("521 5.5.2", Replies.bareLineFeed()),
                Arguments.of("421 4.3.2", Replies.shuttingDown()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void hasTheCodesOfTheTable(String codes, Reply reply) {
        assertThat(reply.toString()).startsWith(codes + " ");
    }

    @Test
    void hasNoReplyThatIsNotInTheTable() {
        assertThat(Arrays.stream(Replies.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .as("another one belongs into the table, and into docs/replies.md")
                .hasSize((int) table().count());
    }

    @Test
    void namesTheAddressAsTheClientGaveItWhereThereIsOne() {
        assertThat(table().map(row -> (Reply) row.get()[1])
                        .map(Reply::text)
                        .filter(text -> text.contains("<") && !text.startsWith("say ")))
                .hasSize(16)
                .allMatch(text -> text.startsWith("<" + ANT + "> "));
    }

    @Test
    void tellsTheEntryTheDefectAndTheLimit() {
        assertThat(Replies.queued(ANT, "1.5+ab").text()).endsWith("queued as 1.5+ab");
        assertThat(Replies.malformedMessage(ANT, "no boundary").text()).endsWith("no boundary");
        assertThat(Replies.tooBig(1000).text()).contains("1000 octets");
        assertThat(Replies.tooBig(ANT, 1000).text()).contains("1000 octets");
    }

    @Test
    void saysTheWholeReasonOfTheLongestAddress() {
        String longest = "x".repeat(242) + "@example.com";
        assertThat(Replies.queued(longest, "1772366400.000000+" + "a".repeat(40))
                        .text())
                .endsWith("+" + "a".repeat(40));
    }
}
