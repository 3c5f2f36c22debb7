// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jamesmailman.benchmarks.lmtp.load.LoadProcess;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.TemporaryFolder;

/** Starts the sides that are asked for, each once, and ends all of them together. Used by one thread. */
public final class Sides implements AutoCloseable {
    private final LoadProcess load;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Map<Integer, Sites.Site> sites = new HashMap<>();
    private final Map<Integer, James> servers = new HashMap<>();
    private final Map<String, Side> running = new HashMap<>();

    private Sides(LoadProcess load) {
        this.load = load;
        ends.push(load::close);
    }

    /** Starts the load client, and nothing else yet. */
    public static Sides start() {
        return new Sides(LoadProcess.start());
    }

    /** What can be compared. */
    public enum Kind {
        OURS("ours"),
        MAILMAN("Mailman's runner"),
        INJECT("mailman inject"),
        DOVECOT("Dovecot"),
        SINK("smtp-sink"),
        DISK("raw disk");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What it is called. */
        public String words() {
            return words;
        }

        /** Whether it knows the lists, and so may take longer where there are more of them. */
        public boolean knowsLists() {
            return this == OURS || this == MAILMAN || this == INJECT;
        }
    }

    /** A side; where it knows the lists, before so many of them. */
    public Side of(Kind kind, int lists) {
        return running.computeIfAbsent(kind + (kind.knowsLists() ? "/" + lists : ""), key -> {
            Side side = make(kind, lists);
            ends.push(side::close);
            return side;
        });
    }

    private Side make(Kind kind, int lists) {
        return switch (kind) {
            case OURS -> {
                James james = james(lists);
                yield server(kind, james.port(), james.pid(), Optional.of(queue(mailman(lists))), () -> {}, lists);
            }
            case MAILMAN -> {
                PrivateMailman mailman = mailman(lists);
                yield server(kind, mailman.lmtpPort(), mailman.pid(), Optional.of(queue(mailman)), () -> {}, lists);
            }
            case INJECT -> {
                PrivateMailman mailman = mailman(lists);
                yield new InjectSide(mailman.site(), lists, queue(mailman));
            }
            case DOVECOT -> {
                Dovecot dovecot = Dovecot.start();
                yield server(kind, dovecot.port(), dovecot.pid(), Optional.of(dovecot.stored()), dovecot::close, lists);
            }
            case SINK -> {
                SmtpSink sink = SmtpSink.start();
                yield server(kind, sink.port(), sink.pid(), Optional.empty(), sink::close, lists);
            }
            case DISK -> new RawDiskSide(load);
        };
    }

    private Side server(Kind kind, int port, long pid, Optional<StoredFiles> stored, Runnable end, int lists) {
        return new LmtpServerSide(
                kind.words(), load, new LmtpServerSide.RunningServer(port, new ProcessCost(pid), stored, end), lists);
    }

    /** The Mailman of a site of so many lists. */
    public PrivateMailman mailman(int lists) {
        return site(lists).mailman();
    }

    /** The JDBC URL of the database of a site of so many lists. */
    public String database(int lists) {
        return site(lists).database();
    }

    private Sites.Site site(int lists) {
        return sites.computeIfAbsent(lists, key -> {
            TemporaryFolder folder = TemporaryFolder.create("mailman-site");
            ends.push(folder::close);
            Sites.Site site = Sites.start(folder, lists);
            ends.push(site.mailman()::close);
            return site;
        });
    }

    /** Our server before the Mailman of a site of so many lists. */
    public James james(int lists) {
        return servers.computeIfAbsent(lists, key -> {
            James james = James.start(mailman(lists));
            ends.push(james::close);
            return james;
        });
    }

    private static StoredFiles queue(PrivateMailman mailman) {
        return new StoredFiles(
                mailman.site().queueDirectory(),
                file -> file.getFileName().toString().endsWith(".pck"));
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
