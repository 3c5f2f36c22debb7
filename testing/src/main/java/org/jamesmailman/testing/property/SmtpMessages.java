// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.property;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Messages of any octets that SMTP can carry: NUL, 8-bit, bare CR, dots anywhere, but no bare LF; each ends with CRLF.
 * Stateless.
 */
public final class SmtpMessages {
    private static final int MAX_PIECES = 40;
    private static final int MAX_LINE = 1024 * 1024;

    /** What the end of a message, a line or a dot could be taken for, and what stands at an edge of its kind. */
    private static final List<String> TRAPS = List.of(
            "\r\n",
            "\r\n\r\n",
            "\r\n.",
            "\r\n..",
            "\r\n.\r",
            "\r\n.\r\r\n",
            "\r\n..\r\n",
            "\r\n.x",
            "\r",
            "\r\r",
            "\r\r\n",
            "\r.\r",
            ".",
            "..",
            "\0",
            "\r\0",
            "\0\r\n",
            "\u007f",
            "\u0080",
            "\u00ff",
            " ",
            "\t");

    private SmtpMessages() {}

    /** Any octets, from none to some thousand. */
    public static Arbitrary<byte[]> octets() {
        Arbitrary<String> traps = Arbitraries.of(TRAPS);
        Arbitrary<String> noise =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(60);
        Arbitrary<String> longLines =
                Arbitraries.integers().between(900, 10_000).map("x"::repeat);
        return Arbitraries.frequencyOf(Tuple.of(12, traps), Tuple.of(6, noise), Tuple.of(1, longLines))
                .list()
                .ofMaxSize(MAX_PIECES)
                .map(pieces -> sendable(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /**
     * A header that no parser finds fault with, its values of any octets but CR and LF, then a blank line and any
     * octets.
     */
    public static Arbitrary<byte[]> wellFormed() {
        Arbitrary<String> values = Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .excludeChars('\r', '\n')
                .ofMaxLength(100);
        Arbitrary<String> fields = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        values.list().ofMinSize(1).ofMaxSize(3))
                .as((name, lines) -> "X-" + name + ": " + String.join("\r\n\t", lines) + "\r\n");
        return Combinators.combine(fields.list().ofMaxSize(6), octets())
                .as((header, body) -> joined(
                        ("From: anne@example.com\r\n" + String.join("", header) + "\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1),
                        body));
    }

    /** A header as of {@link #wellFormed()} and random lines of up to 1 MiB, so many octets in all. */
    public static Arbitrary<byte[]> ofSize(int least, int most) {
        return Combinators.combine(Arbitraries.integers().between(least, most), Arbitraries.longs())
                .as(SmtpMessages::exactly);
    }

    /** Such a message of exactly so many octets, the same for the same seed. */
    public static byte[] exactly(int size, long seed) {
        byte[] message = new byte[size];
        Random random = new Random(seed);
        random.nextBytes(message);
        byte[] header = "From: anne@example.com\r\nSubject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < size; i++) {
            if (message[i] == '\n') {
                message[i] = 'n';
            }
        }
        System.arraycopy(header, 0, message, 0, header.length);
        int lineEnd = header.length;
        while (lineEnd < size - 4) {
            // Some lines are very long; most are short; some are empty, or begin with a dot.
            int length = random.nextInt(10) == 0 ? random.nextInt(MAX_LINE) : random.nextInt(200);
            lineEnd = Math.min(lineEnd + length + 2, size);
            message[lineEnd - 2] = '\r';
            message[lineEnd - 1] = '\n';
            if (lineEnd < size && random.nextInt(5) == 0) {
                message[lineEnd] = '.';
            }
        }
        message[size - 2] = '\r';
        message[size - 1] = '\n';
        return message;
    }

    /** Without bare LFs, and with CRLF at the end. */
    private static byte[] sendable(byte[] octets) {
        ByteArrayOutputStream sendable = new ByteArrayOutputStream(octets.length + 2);
        int before = 0;
        for (byte octet : octets) {
            if (octet != '\n' || before == '\r') {
                sendable.write(octet);
                before = octet;
            }
        }
        if (before != '\n' || sendable.size() < 2) {
            sendable.writeBytes(new byte[] {'\r', '\n'});
        }
        return sendable.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length);
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
