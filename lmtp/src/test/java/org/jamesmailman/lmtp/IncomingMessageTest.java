// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncomingMessageTest {
    @TempDir
    Path root;

    private IncomingMessage message(long sizeLimit, Function<WireMessage, List<Reply>> delivery) throws Exception {
        Envelope envelope = new Envelope("anne@example.com", MaybeSender.nullSender());
        for (String address : List.of("ant@example.com", "bee@example.com")) {
            envelope.add(new Recipient.OfJames(address, new MailAddress(address)));
        }
        IncomingMessage message = new IncomingMessage(
                SiteFixture.in(root).transactions().collector(sizeLimit), sizeLimit, envelope, delivery);
        message.add(ByteBuffer.wrap(new byte[100]));
        return message;
    }

    static Stream<Throwable> troubles() {
        return Stream.of(
                new IllegalStateException("a test's"),
                new StackOverflowError(),
                new OutOfMemoryError("a test's"),
                new InternalError("a file that was cut off while it was read"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void asksToTryAgainForEachRecipientWhateverBreaks(Throwable trouble) throws Exception {
        try (IncomingMessage message = message(0, octets -> sneakyThrow(trouble))) {
            assertThat(message.deliver())
                    .containsExactly(
                            Replies.tryAgainLater("ant@example.com"), Replies.tryAgainLater("bee@example.com"));
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> List<Reply> sneakyThrow(Throwable trouble) throws E {
        throw (E) trouble;
    }
}
