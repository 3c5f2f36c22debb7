// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The load, as a process of its own, so that what it costs is not counted for a server, and warm for all of them. Takes
 * one order a line, and answers {@code BEGUN} and {@code OVER} when its window begins and ends, and then {@code RESULT}
 * with a {@link LoadResult}, or {@code FAILED} with a sentence.
 */
public final class LoadClient {
    private LoadClient() {}

    /** Takes orders until its input ends. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            try {
                say("RESULT " + obey(LoadOrder.parse(order)).line());
            } catch (IOException | RuntimeException e) {
                say("FAILED " + e);
            }
        }
    }

    private static LoadResult obey(LoadOrder order) throws IOException {
        Window window = Window.in(order.warmUpMillis() * 1_000_000, order.measuredMillis() * 1_000_000);
        if (order.isForDisk()) {
            return new DiskLoop(Path.of(order.target()), order.sessions(), order.recipients(), order.size(), window)
                    .run(() -> say("BEGUN"), () -> say("OVER"))
                    .result();
        }
        Tally tally = new Tally(window);
        Posts posts = new Posts(
                order.size(),
                order.recipients(),
                order.lists(),
                order.membersOfEach(),
                Long.toString(System.nanoTime(), Character.MAX_RADIX));
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(order.target()));
        new LmtpLoad(server, order.sessions(), order.keepsConnections(), posts, tally)
                .run(() -> say("BEGUN"), () -> say("OVER"));
        return tally.result();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
