// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the pass over a message, to be run by hand: an ordinary one of 4 KB, with nothing and with everything to
 * look for, and hostile ones, which shall take four times as long when they are four times as large.
 */
final class MimeBenchmark {
    private static final SiteChecks ALL = SiteChecks.of(EnumSet.allOf(SiteDefect.class));
    private static final int SIZE = 1 << 20;
    private static final Duration RUN = Duration.ofSeconds(2);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MimeBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        byte[] ordinary = ordinary();
        System.out.printf(
                Locale.ROOT,
                "%d octets, multipart: %.1f us, with all that a site may name %.1f us%n",
                ordinary.length,
                microseconds(ordinary, SiteChecks.NONE),
                microseconds(ordinary, ALL));
        Map<String, byte[]> small = HostileMessages.of(SIZE);
        Map<String, byte[]> large = HostileMessages.of(4 * SIZE);
        for (Map.Entry<String, byte[]> entry : small.entrySet()) {
            double once = microseconds(entry.getValue(), ALL);
            double fourTimes = microseconds(large.get(entry.getKey()), ALL);
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %8.1f ms for 1 MiB, %8.1f ms for 4 MiB%n",
                    entry.getKey(),
                    once / 1000,
                    fourTimes / 1000);
        }
    }

    /** Of the processor, for the machine may have more to do than this; the fastest of some runs. */
    private static double microseconds(byte[] message, SiteChecks checks) throws IOException {
        MimeAnalyzer analyzer = new MimeAnalyzer();
        HeapMessage octets = new HeapMessage(message);
        long end = THREADS.getCurrentThreadCpuTime() + RUN.toNanos();
        int batch = Math.max(1, SIZE / 10 / message.length);
        long best = Long.MAX_VALUE;
        int sound = 0;
        int runs = 0;
        do {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < batch; i++) {
                sound += analyzer.analyze(octets, checks).isSound() ? 1 : 0;
            }
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
            runs++;
        } while (THREADS.getCurrentThreadCpuTime() < end || runs < 3);
        if (sound != 0 && sound != runs * batch) {
            throw new IllegalStateException("one message, and several answers");
        }
        return best / 1000.0 / batch;
    }

    private static byte[] ordinary() {
        String received = """
                Received: from mail.example.net (mail.example.net [192.0.2.1])
                \tby mx.example.com (Postfix) with ESMTPS id 4F5A21F
                \tfor <ant@example.com>; Sat, 28 Feb 2026 23:59:59 +0000 (UTC)
                """;
        String text =
                "The honey of this year is darker than that of the last one, and there is more of it.\n".repeat(18);
        String message = """
                From: =?utf-8?q?Anne_Pers=C3=B6n?= <anne@example.com>
                To: ant@example.com
                Subject: honey
                Date: Sat, 28 Feb 2026 23:59:58 +0000
                Message-ID: <1@example.com>
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary="=_b"

                --=_b
                Content-Type: text/plain; charset=utf-8

                TEXT
                --=_b
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: 7bit

                TEXT
                --=_b--
                """;
        return (received.repeat(3) + message.replace("TEXT", text))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
