// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.WireReply;

/** Brings a message every now and then, each of which must be queued, and takes the time of each. */
final class WellBehavedClient implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final List<String> RECIPIENTS = List.of("ant@lists.example.com", "ant-owner@lists.example.com");
    private static final byte[] MESSAGE = ("From: anne@example.com\r\nSubject: Hi\r\n\r\n"
                    + ("x".repeat(70) + "\r\n").repeat(56))
            .getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;
    private final Thread thread;
    private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isDone;
    private volatile String trouble = "";

    WellBehavedClient(int port, Ledger ledger) {
        this.ledger = ledger;
        this.thread = new Thread(() -> work(port), "well-behaved client");
        thread.start();
    }

    private void work(int port) {
        try (LmtpClient client = LmtpClient.connect(port)) {
            while (!isDone) {
                deliver(client);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (AssertionError | RuntimeException e) {
            trouble = e.toString();
        }
    }

    private void deliver(LmtpClient client) {
        long start = System.nanoTime();
        List<WireReply> replies =
                client.deliver("anne@example.com", RECIPIENTS, MESSAGE).afterData();
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        for (WireReply reply : replies) {
            if (ledger.note(reply.toString()) != 1) {
                throw new AssertionError("message " + millis.size() + " was answered by " + reply);
            }
        }
    }

    /** What went wrong; empty when each message so far was answered for each recipient by 250. */
    String trouble() {
        return trouble;
    }

    /** How many messages it has brought. */
    int count() {
        return millis.size();
    }

    /** How long the slowest took, in milliseconds. */
    long slowest() {
        return Collections.max(snapshot());
    }

    private List<Long> snapshot() {
        synchronized (millis) {
            return List.copyOf(millis);
        }
    }

    /** Brings the last one, and says QUIT. */
    @Override
    public void close() {
        isDone = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        List<Long> sorted = snapshot().stream().sorted().toList();
        return "%d messages, the median %d ms, 99 of 100 within %d ms, the slowest %d ms"
                .formatted(
                        sorted.size(),
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.get(sorted.size() - 1));
    }
}
