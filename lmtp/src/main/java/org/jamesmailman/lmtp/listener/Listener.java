// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.apache.james.protocols.api.handler.ProtocolHandlerResultHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SmtpMetrics;

/**
 * What the connections of one listener share.
 *
 * @param sessions makes James's session for a connection
 * @param encryption by which STARTTLS encrypts; gives null when there is none
 * @param timeout without a word from the client
 * @param messageTimeout from DATA to the end of the message, however busily it comes
 */
record Listener(
        Handlers handlers,
        Function<Channel, ListenerSession> sessions,
        Supplier<Encryption> encryption,
        ConnectionLimits limits,
        ConnectionLog log,
        OpenConnections connections,
        DeliveryThreads deliveries,
        SmtpMetrics metrics,
        boolean proxyRequired,
        Duration timeout,
        Duration messageTimeout) {

    /** James's handler chain, looked up once. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // James's chain gives raw handlers.
    record Handlers(
            List<ConnectHandler> connect,
            List<DisconnectHandler> disconnect,
            LineHandler commands,
            List<ProtocolHandlerResultHandler> results) {

        static Handlers of(ProtocolHandlerChain chain) {
            return new Handlers(
                    List.copyOf(chain.getHandlers(ConnectHandler.class)),
                    List.copyOf(chain.getHandlers(DisconnectHandler.class)),
                    chain.getFirstHandler(LineHandler.class)
                            .orElseThrow(() -> new IllegalStateException("the handlerchain has no CommandDispatcher")),
                    List.copyOf(chain.getHandlers(ProtocolHandlerResultHandler.class)));
        }

        /** What to say to a command line, its CRLF taken off. */
        Response answer(ProtocolSession session, byte[] line) {
            long start = System.currentTimeMillis();
            return seen(session, commands.onLine(session, line), start, commands);
        }

        /** What to say to a client that has connected, handler by handler. */
        List<Response> greetings(ProtocolSession session) {
            return connect.stream()
                    .flatMap(handler -> {
                        long start = System.currentTimeMillis();
                        return Stream.ofNullable(seen(session, handler.onConnect(session), start, handler));
                    })
                    .toList();
        }

        void disconnected(ProtocolSession session) {
            disconnect.forEach(handler -> handler.onDisconnect(session));
        }

        private Response seen(ProtocolSession session, Response response, long start, ProtocolHandler handler) {
            Response seen = response;
            for (ProtocolHandlerResultHandler result : results) {
                seen = result.onResponse(session, seen, System.currentTimeMillis() - start, handler);
            }
            return seen;
        }
    }
}
