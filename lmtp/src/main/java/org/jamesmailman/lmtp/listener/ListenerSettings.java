// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.time.Duration;
import java.util.Optional;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;

/**
 * What an {@code <lmtpserver>} of {@code mailman-lmtp.xml} says beyond what James reads itself.
 *
 * @param deliveryThreads how many messages go through the mailets and to the disk at once
 * @param messageQueue how many more may wait for that
 * @param timeout without a command, or without an octet of a message
 * @param messageTimeout for a message as a whole
 * @param shutdownTimeout for messages in hand when the server is told to end
 * @param proxyRequired whether a PROXY header comes first
 * @param proxyFirst whether it comes before TLS
 * @param greeting the text of the greeting behind the name and {@code LMTP}
 */
record ListenerSettings(
        int deliveryThreads,
        int messageQueue,
        Duration timeout,
        Duration messageTimeout,
        Duration shutdownTimeout,
        boolean proxyRequired,
        boolean proxyFirst,
        Optional<String> greeting) {
    static final int DEFAULT_PORT = 8024;
    static final String DEFAULT_ADDRESS = "127.0.0.1:" + DEFAULT_PORT;
    static final String DEFAULT_JMX_NAME = "mailmanlmtpserver";

    private static final int DEFAULT_DELIVERY_THREADS = 32;
    private static final int DEFAULT_MESSAGE_QUEUE = 1_000;
    private static final int DEFAULT_MESSAGE_TIMEOUT = 3_600;
    private static final int DEFAULT_SHUTDOWN_TIMEOUT = 30;

    static ListenerSettings of(HierarchicalConfiguration<ImmutableNode> server) {
        return new ListenerSettings(
                server.getInt("maxExecutorCount", DEFAULT_DELIVERY_THREADS),
                server.getInt("messageQueueSize", DEFAULT_MESSAGE_QUEUE),
                Duration.ofSeconds(server.getInt("connectiontimeout", AbstractConfigurableAsyncServer.DEFAULT_TIMEOUT)),
                Duration.ofSeconds(server.getInt("messageTimeout", DEFAULT_MESSAGE_TIMEOUT)),
                Duration.ofSeconds(
                        server.getBoolean("gracefulShutdown", true)
                                ? server.getInt("shutdownTimeout", DEFAULT_SHUTDOWN_TIMEOUT)
                                : 0),
                server.getBoolean("proxyRequired", false),
                server.getBoolean("proxyFirst", true),
                Optional.ofNullable(server.getString("lmtpGreeting", null)));
    }
}
