// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of connections that come to nothing. Whoever connects can bring that about as often as they like, so
 * each kind of line is throttled. Thread-safe.
 */
final class ConnectionLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionLog.class);

    private final Throttle noProxyHeader = new Throttle(System::nanoTime);
    private final Throttle noTls = new Throttle(System::nanoTime);
    private final Throttle tooBusy = new Throttle(System::nanoTime);
    private final ConcurrentMap<Reply, Throttle> closed = new ConcurrentHashMap<>();

    /** @param reply one of the few that end a connection, with nothing of the client's in it */
    void closed(String client, Reply reply) {
        closed.computeIfAbsent(reply, unused -> new Throttle(System::nanoTime))
                .say(more -> LOGGER.info("The connection from {} is closed: {}{}", client, reply, more));
    }

    void noProxyHeader(String peer, String reason) {
        noProxyHeader.say(more -> LOGGER.warn(
                "The connection from {} has no PROXY header, which proxyRequired of mailman-lmtp.xml wants: {}{}",
                peer,
                reason,
                more));
    }

    void noTls(String client, String reason) {
        noTls.say(more -> LOGGER.warn("TLS with {} failed: {}{}", client, reason, more));
    }

    void tooBusy() {
        tooBusy.say(more -> LOGGER.warn(
                "More messages wait for the mailets and the disk than messageQueueSize of mailman-lmtp.xml lets:"
                        + " mail is put off with 452{}",
                more));
    }
}
