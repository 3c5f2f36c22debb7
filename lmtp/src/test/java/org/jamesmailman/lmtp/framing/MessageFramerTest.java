// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jamesmailman.lmtp.framing.MessageFramer.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFramerTest {
    private static final String END = "\r\n.\r\n";

    private final StringBuilder message = new StringBuilder();
    private final MessageFramer framer =
            new MessageFramer(octets -> message.append(StandardCharsets.ISO_8859_1.decode(octets)));

    private static ByteBuf buffer(String octets) {
        return Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1);
    }

    /** Reads pieces; what is left of the last one is what follows the message. */
    private Result read(List<String> pieces) {
        Progress progress = Progress.MORE;
        StringBuilder rest = new StringBuilder();
        for (String piece : pieces) {
            ByteBuf input = buffer(piece);
            if (progress == Progress.MORE) {
                progress = framer.read(input);
            }
            rest.append(input.toString(StandardCharsets.ISO_8859_1));
        }
        return new Result(progress, message.toString(), rest.toString());
    }

    private record Result(Progress progress, String message, String rest) {}

    /** As RFC 5321 4.5.2 has the client do it. */
    private static String stuffed(String content) {
        String lines = content.startsWith(".") ? "." + content : content;
        return lines.replace("\r\n.", "\r\n..");
    }

    private static Result ofWhole(String wire) {
        return new MessageFramerTest().read(List.of(wire));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "Subject: x\r\n\r\nbody\r\n",
                ".\r\n",
                "..\r\n...\r\n",
                ".x\r\n",
                "a\rb\r\rc\r\r\n",
                "\r.\r\r\n",
                ".\r\r\n",
                ".\rx\r\n",
                "\0\r\n.\0\r\n",
                "\u00ff\u0080\r\n"
            })
    void givesTheMessageAndLeavesWhatFollowsWhereverItIsCut(String content) {
        String wire = stuffed(content) + ".\r\n";
        String all = wire + "MAIL FROM:<>\r\n";
        for (int first = 0; first <= all.length(); first++) {
            for (int second = first; second <= all.length(); second++) {
                List<String> pieces =
                        List.of(all.substring(0, first), all.substring(first, second), all.substring(second));

                assertThat(new MessageFramerTest().read(pieces))
                        .as("cut at %s and %s", first, second)
                        .isEqualTo(new Result(Progress.END, content, "MAIL FROM:<>\r\n"));
            }
        }
    }

    @Test
    void givesEveryMessageWhateverItsOctetsAndCuts() {
        long seed = Long.getLong("mailman.framer.seed", System.nanoTime());
        Random random = new Random(seed);
        String alphabet = "\r\r\n..x\0\u00e4";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder octets = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                octets.append(c == '\n' ? "\r\n" : Character.toString(c));
            }
            String content = octets + "\r\n";
            String wire = stuffed(content) + ".\r\nQUIT\r\n";
            List<String> pieces = new ArrayList<>();
            int position = 0;
            while (position < wire.length()) {
                int end = Math.min(wire.length(), position + 1 + random.nextInt(8));
                pieces.add(wire.substring(position, end));
                position = end;
            }

            assertThat(new MessageFramerTest().read(pieces))
                    .as("mailman.framer.seed=%s, case %s", seed, i)
                    .isEqualTo(new Result(Progress.END, content, "QUIT\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x\n", "\n", "x\n.\n", "x\n.\r\n", "x\r\n.\n", ".\n", "x\r\n\n", "..\n", ".x\n", ".\r\r\n\n"})
    void stopsAtABareLineFeedWhereverItIsCut(String wire) {
        String all = wire + END + "RSET\r\n";
        for (int cut = 0; cut <= all.length(); cut++) {
            assertThat(new MessageFramerTest()
                            .read(List.of(all.substring(0, cut), all.substring(cut)))
                            .progress())
                    .as("cut at %s", cut)
                    .isEqualTo(Progress.BARE_LINE_FEED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r.\r", "x\r\n.\r", ".", ".\r", "x\r.\r\n", "x\r\r\n.", "\r.\r\n"})
    void doesNotEndWithAnythingButCrLfDotCrLf(String wire) {
        assertThat(ofWhole(wire).progress()).isEqualTo(Progress.MORE);
    }

    @Test
    void handsOnWhatNeedsNoChangeInOnePiece() {
        List<Integer> pieces = new ArrayList<>();
        MessageFramer counting = new MessageFramer(octets -> pieces.add(octets.remaining()));

        counting.read(buffer("honey is sweet\r\n".repeat(1000) + ".\r\n"));

        assertThat(pieces).containsExactly(16_000);
    }

    @Test
    void takesLinesOfAnyLength() {
        String line = "x".repeat(1_000_000) + "\r\n";

        assertThat(ofWhole(line + ".\r\n").message()).isEqualTo(line);
    }
}
