// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jamesmailman.lmtp.framing.CommandFramer.Frame;
import org.junit.jupiter.api.Test;

class CommandFramerTest {
    private final CommandFramer framer = new CommandFramer();
    private final ByteBuf input = Unpooled.buffer();

    private List<String> feed(String octets) {
        input.writeBytes(octets.getBytes(StandardCharsets.ISO_8859_1));
        List<String> frames = new ArrayList<>();
        Frame frame = framer.next(input);
        while (!(frame instanceof Frame.More) && !(frame instanceof Frame.Endless)) {
            frames.add(name(frame));
            frame = framer.next(input);
        }
        if (frame instanceof Frame.Endless) {
            frames.add(name(frame));
        }
        return frames;
    }

    private static String name(Frame frame) {
        return frame instanceof Frame.Line line
                ? new String(line.octets(), StandardCharsets.ISO_8859_1)
                : frame.getClass().getSimpleName();
    }

    @Test
    void givesLineAfterLine() {
        assertThat(feed("LHLO x\r\n\r\nQUIT\r\n")).containsExactly("LHLO x", "", "QUIT");
    }

    @Test
    void putsALineTogetherThatComesOctetByOctet() {
        List<String> frames = new ArrayList<>();
        for (char c : "NOOP\r\nQUIT\r\n".toCharArray()) {
            frames.addAll(feed(Character.toString(c)));
        }

        assertThat(frames).containsExactly("NOOP", "QUIT");
    }

    @Test
    void takesABareCarriageReturnForNoLineEnd() {
        assertThat(feed("NOOP\rQUIT\r\r\n")).containsExactly("NOOP\rQUIT\r");
    }

    @Test
    void tellsOfABareLineFeed() {
        assertThat(feed("NOOP\n")).containsExactly("BareLineFeed");
        assertThat(feed("\n")).containsExactly("BareLineFeed");
    }

    @Test
    void takesALineOfTheGreatestLengthAndNoLongerOne() {
        String greatest = "x".repeat(CommandFramer.MAX_LINE_LENGTH - 2);

        assertThat(feed(greatest + "\r\n")).containsExactly(greatest);
        assertThat(feed(greatest + "x\r\nNOOP\r\n")).containsExactly("TooLong", "NOOP");
    }

    @Test
    void passesOverTooLongALineWithoutKeepingIt() {
        for (int i = 0; i < 20; i++) {
            assertThat(feed("x".repeat(1_000))).isEmpty();
            assertThat(input.readableBytes()).isLessThanOrEqualTo(CommandFramer.MAX_LINE_LENGTH);
        }
        assertThat(feed("\r")).isEmpty();
        assertThat(feed("\nNOOP\r\n")).containsExactly("TooLong", "NOOP");
    }

    @Test
    void doesNotPassOverALineWithoutEndForEver() {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 100 && frames.isEmpty(); i++) {
            frames.addAll(feed("x".repeat(1_000)));
        }

        assertThat(frames).containsExactly("Endless");
    }
}
