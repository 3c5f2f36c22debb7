// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * An SMTP server that takes every mail and keeps it: the rest of the world, as far as Mailman and Postfix can tell.
 * Thread-safe.
 */
public final class SinkSmtp implements AutoCloseable {
    private static final int BACKLOG = 100;

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<ReceivedMail> mails = new CopyOnWriteArrayList<>();

    private SinkSmtp(ServerSocket server) {
        this.server = server;
    }

    /** Listens on a free port of 127.0.0.1. */
    public static SinkSmtp start() {
        try {
            SinkSmtp sink = new SinkSmtp(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            background("sink", sink::accept);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
    }

    /** The port of 127.0.0.1 that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** What came so far, in the order of arrival. */
    public List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    /** What came so far for a recipient. */
    public List<ReceivedMail> mailsFor(String recipient) {
        return mails.stream().filter(mail -> mail.isFor(recipient)).toList();
    }

    /**
     * The first mail of a kind, once it has come.
     *
     * @param what names the kind, for the failure
     * @throws AssertionError with all that came instead, when there is none after {@link Await#PATIENCE}
     */
    public ReceivedMail awaitMail(String what, Predicate<ReceivedMail> wanted) {
        Optional<ReceivedMail> found =
                Await.within(Await.PATIENCE, () -> mails.stream().filter(wanted).findFirst());
        return found.orElseThrow(() -> new AssertionError("waited in vain for " + what + " at the sink, got " + mails));
    }

    /** The first mail for a recipient, once it has come. */
    public ReceivedMail awaitMailFor(String recipient) {
        return awaitMail("a mail for " + recipient, mail -> mail.isFor(recipient));
    }

    /** Returns once so many mails have come. */
    public void awaitCount(int count) {
        Await.until(count + " mails at the sink", () -> mails.size() >= count);
    }

    /** Forgets what came so far. */
    public void clear() {
        mails.clear();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the sink", e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                background("sink connection", () -> serve(connection));
            }
        } catch (IOException e) {
            // Closed: there is no other way to end it.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            new SinkSession(connection, mails::add).run();
        } catch (IOException e) {
            // The peer is gone, and what it did not finish with it.
        } finally {
            connections.remove(connection);
        }
    }

    private static void background(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
