// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.jamesmailman.lmtp.framing.MessageFramer.Progress;
import org.jamesmailman.mailman.message.MemoryBudget;
import org.jamesmailman.mailman.message.MessageCollector;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.testing.DotStuffing;
import org.jamesmailman.testing.property.Cuts;
import org.jamesmailman.testing.property.SettableSeed;
import org.jamesmailman.testing.property.SmtpMessages;

/** What is sent is what is kept, whatever its octets and wherever the network cuts it. */
@AddLifecycleHook(SettableSeed.class)
class ByteFidelityTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    /** Small, so that the larger of the messages lie in a file. */
    private static final int MEMORY_THRESHOLD = 10_000;

    @Property(tries = 3_000)
    void keepsEachOctetAndLeavesWhatFollows(
            @ForAll("messages") byte[] message,
            @ForAll("followers") byte[] following,
            @ForAll("cuts") Cuts cuts,
            @ForAll boolean isDirect) {
        Reading reading = new Reading(isDirect);
        cuts.of(joined(DotStuffing.stuffed(message), following)).forEach(reading::take);

        assertThat(reading.progress).isEqualTo(Progress.END);
        assertThat(reading.message()).isEqualTo(message);
        assertThat(reading.left()).isEqualTo(following);
    }

    @Property(tries = 20)
    void keepsEachOctetOfALargeMessage(@ForAll("largeMessages") byte[] message, @ForAll("cuts") Cuts cuts) {
        Reading reading = new Reading(true);
        cuts.of(DotStuffing.stuffed(message)).forEach(reading::take);

        assertThat(reading.progress).isEqualTo(Progress.END);
        assertThat(reading.message()).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void stopsAtTheFirstBareLineFeedAndLeavesWhatFollows(
            @ForAll("messages") byte[] before,
            @ForAll("lineStarts") String lineStart,
            @ForAll("messages") byte[] behind,
            @ForAll("cuts") Cuts cuts) {
        byte[] stuffed = DotStuffing.stuffed(before);
        byte[] open = Arrays.copyOf(stuffed, stuffed.length - ".\r\n".length());
        byte[] wire = joined(joined(open, bytes(lineStart + "\n")), behind);
        Reading reading = new Reading(false);
        cuts.of(wire).forEach(reading::take);

        assertThat(reading.progress).isEqualTo(Progress.BARE_LINE_FEED);
        assertThat(reading.left()).isEqualTo(behind);
    }

    @Property(tries = 1_000)
    void cutsCommandsAtTheirEndsOnly(@ForAll("lines") List<String> lines, @ForAll("cuts") Cuts cuts) {
        CommandFramer framer = new CommandFramer();
        ByteBuf input = Unpooled.buffer();
        List<String> seen = new ArrayList<>();
        for (byte[] piece : cuts.of(bytes(String.join("\r\n", lines) + "\r\n"))) {
            input.writeBytes(piece);
            while (framer.next(input) instanceof CommandFramer.Frame.Line line) {
                seen.add(new String(line.octets(), StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(seen).isEqualTo(lines);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.oneOf(SmtpMessages.octets(), SmtpMessages.wellFormed());
    }

    @Provide
    Arbitrary<byte[]> largeMessages() {
        return SmtpMessages.ofSize(100_000, 4_000_000);
    }

    @Provide
    Arbitrary<byte[]> followers() {
        return Arbitraries.of("", "NOOP\r\n", "MAIL FROM:<>\r\nRC", ".\r\n", "\r\n.\r\n", "\n")
                .map(ByteFidelityTest::bytes);
    }

    @Provide
    Arbitrary<String> lineStarts() {
        return Arbitraries.of("", ".", "..", "x", ".x", "\rx", "\r\0", "x.");
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .excludeChars('\n')
                .ofMaxLength(300)
                // A CR at its end would belong to the line's end.
                .map(line -> line.endsWith("\r") ? line + "x" : line)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<Cuts> cuts() {
        return Cuts.anywhere();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    /** A message on its way through the framer into the collector. */
    private static final class Reading {
        private final boolean isDirect;
        private final MessageCollector collector =
                new MessageCollector(TEMPORARY, MEMORY_THRESHOLD, 0, new MemoryBudget(Long.MAX_VALUE));
        private final MessageFramer framer = new MessageFramer(this::collect);
        private final ByteArrayOutputStream left = new ByteArrayOutputStream();
        private Progress progress = Progress.MORE;

        Reading(boolean isDirect) {
            this.isDirect = isDirect;
        }

        private void collect(ByteBuffer piece) {
            try {
                collector.add(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void take(byte[] piece) {
            ByteBuf input = isDirect ? Unpooled.directBuffer(piece.length) : Unpooled.buffer(piece.length);
            try {
                input.writeBytes(piece);
                if (progress == Progress.MORE) {
                    progress = framer.read(input);
                }
                byte[] rest = new byte[input.readableBytes()];
                input.readBytes(rest);
                left.writeBytes(rest);
            } finally {
                input.release();
            }
        }

        byte[] left() {
            return left.toByteArray();
        }

        byte[] message() {
            try (collector) {
                WireMessage message = collector.finish();
                try (InputStream octets = message.openStream()) {
                    byte[] all = octets.readAllBytes();
                    assertThat(message.size()).isEqualTo(all.length);
                    return all;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
