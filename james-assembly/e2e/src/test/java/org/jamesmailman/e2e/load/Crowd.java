// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jamesmailman.testing.WireClient;

/** Connections that are kept open: some idle, some so slow that they never get anywhere. */
final class Crowd implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<WireClient> idle = new ArrayList<>();
    private final List<WireClient> slow = new ArrayList<>();
    private final Thread dripping = new Thread(this::drip, "slow clients");
    private volatile boolean isDone;

    /** Opens them all. */
    Crowd(int port, int idleCount, int slowCount) {
        for (int i = 0; i < idleCount; i++) {
            idle.add(greeted(port));
        }
        for (int i = 0; i < slowCount; i++) {
            WireClient client = greeted(port);
            if (i % 2 == 0) {
                // Slow within a message; the others are slow within a command.
                client.send("MAIL FROM:<slow@example.com>").expect("250");
                client.send("RCPT TO:<ant@lists.example.com>").expect("250");
                client.send("DATA").expect("354");
            }
            slow.add(client);
        }
        dripping.start();
    }

    private static WireClient greeted(int port) {
        return WireClient.connect(port)
                .expect("220")
                .send("LHLO client.example.org")
                .expect("250");
    }

    /** An octet to one of them, then one to the next. */
    private void drip() {
        for (int i = 0; !isDone; i++) {
            slow.get(i % slow.size()).sendBytes(new byte[] {'x'});
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** How many of the idle ones are still served. */
    long served() {
        return idle.stream()
                .filter(client -> client.send("NOOP").read().code() == 250)
                .count();
    }

    /** Hangs up, all of them. */
    @Override
    public void close() {
        isDone = true;
        try {
            dripping.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle.forEach(WireClient::close);
        slow.forEach(WireClient::close);
    }
}
