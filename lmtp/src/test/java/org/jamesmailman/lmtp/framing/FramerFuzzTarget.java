// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For {@code fuzz.sh framer}: what the framers make of any octets does not depend on the pieces in which they come, and
 * is what the few lines of a slow reader make of the whole.
 */
public final class FramerFuzzTarget {
    /** RFC 5321 2.3.8 and 4.1.1.4, and against smuggling: what ends a message, or the reading of it. */
    private static final Pattern END = Pattern.compile("(?:^|(?<=\r\n))\\.\r\n|(?<!\r)\n|^\n");

    private static final Pattern STUFFED = Pattern.compile("(^|\r\n)\\.");

    private FramerFuzzTarget() {}

    /** Jazzer calls this. */
    public static void fuzzerTestOneInput(byte[] octets) {
        checkMessage(octets);
        checkCommands(octets);
    }

    private static void checkMessage(byte[] octets) {
        String whole = text(octets);
        Matcher end = END.matcher(whole);
        boolean ended = end.find();
        MessageFramer.Progress expected = !ended
                ? MessageFramer.Progress.MORE
                : end.group().equals("\n") ? MessageFramer.Progress.BARE_LINE_FEED : MessageFramer.Progress.END;
        for (int chunk : chunks(octets)) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            MessageFramer framer = new MessageFramer(piece -> {
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                message.writeBytes(copy);
            });
            MessageFramer.Progress progress = MessageFramer.Progress.MORE;
            int read = 0;
            while (progress == MessageFramer.Progress.MORE && read < octets.length) {
                ByteBuf input = Unpooled.wrappedBuffer(octets, read, Math.min(chunk, octets.length - read));
                progress = framer.read(input);
                read += input.readerIndex();
            }
            assertThat(progress).isEqualTo(expected);
            if (expected == MessageFramer.Progress.END) {
                assertThat(read).as("what follows stays").isEqualTo(end.end());
                assertThat(text(message.toByteArray())).isEqualTo(unstuffed(whole.substring(0, end.start())));
            } else if (expected == MessageFramer.Progress.BARE_LINE_FEED) {
                assertThat(read).as("what follows stays").isEqualTo(end.end());
            }
        }
    }

    private static String unstuffed(String message) {
        return STUFFED.matcher(message).replaceAll("$1");
    }

    private static void checkCommands(byte[] octets) {
        List<String> whole = commands(octets, octets.length + 1);
        for (int chunk : chunks(octets)) {
            assertThat(commands(octets, chunk)).isEqualTo(whole);
        }
        String joined = String.join("", whole);
        assertThat(joined.length()).as("nothing is made up").isLessThanOrEqualTo(octets.length + whole.size() * 20);
    }

    /** What comes out until the connection would be closed. */
    private static List<String> commands(byte[] octets, int chunk) {
        CommandFramer framer = new CommandFramer();
        List<String> frames = new ArrayList<>();
        ByteBuf input = Unpooled.buffer(octets.length);
        for (int read = 0; read < octets.length; read += chunk) {
            input.writeBytes(octets, read, Math.min(chunk, octets.length - read));
            while (input.isReadable()) {
                CommandFramer.Frame frame = framer.next(input);
                if (frame instanceof CommandFramer.Frame.More) {
                    break;
                }
                if (frame instanceof CommandFramer.Frame.Line line) {
                    String text = text(line.octets());
                    assertThat(text)
                            .hasSizeLessThan(CommandFramer.MAX_LINE_LENGTH)
                            .doesNotContain("\n");
                    frames.add("line " + text);
                } else {
                    frames.add(frame.getClass().getSimpleName());
                }
                if (frame instanceof CommandFramer.Frame.BareLineFeed || frame instanceof CommandFramer.Frame.Endless) {
                    return frames;
                }
            }
        }
        return frames;
    }

    /** All at once, one by one, and some sizes between; the same for the same input. */
    private static int[] chunks(byte[] octets) {
        Random random = new Random(octets.length);
        return new int[] {octets.length + 1, 1, 2, 1 + random.nextInt(7), 1 + random.nextInt(100)};
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
