// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Many LMTP sessions on one thread. */
final class LmtpLoad {
    private static final long DRAIN_NANOS = 120_000_000_000L;
    private static final long TICK_MILLIS = 50;

    private final InetSocketAddress server;
    private final int sessions;
    private final boolean keepsConnections;
    private final Posts posts;
    private final Tally tally;

    LmtpLoad(InetSocketAddress server, int sessions, boolean keepsConnections, Posts posts, Tally tally) {
        this.server = server;
        this.sessions = sessions;
        this.keepsConnections = keepsConnections;
        this.posts = posts;
        this.tally = tally;
    }

    /**
     * Runs until the window is over and what was begun in it is answered.
     *
     * @param begun is told when the window begins
     * @param over is told when it is over
     */
    void run(Runnable begun, Runnable over) throws IOException {
        Runnable untold = once(begun);
        Runnable untoldEnd = once(over);
        try (Selector selector = Selector.open()) {
            List<LoadSession> open = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                LoadSession session = new LoadSession(server, keepsConnections, posts, tally, selector);
                session.connect();
                open.add(session);
            }
            while (open.stream().anyMatch(session -> !session.isOver())) {
                selector.select(TICK_MILLIS);
                long now = System.nanoTime();
                if (tally.window().hasBegunAt(now)) {
                    untold.run();
                }
                if (tally.window().isOverAt(now)) {
                    untoldEnd.run();
                }
                if (tally.window().isOverAt(now - DRAIN_NANOS)) {
                    throw new IOException("no reply within " + DRAIN_NANOS / 1_000_000_000 + " s");
                }
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    ((LoadSession) key.attachment()).work();
                }
            }
            untoldEnd.run();
        }
    }

    private static Runnable once(Runnable told) {
        boolean[] isTold = {false};
        return () -> {
            if (!isTold[0]) {
                isTold[0] = true;
                told.run();
            }
        };
    }
}
