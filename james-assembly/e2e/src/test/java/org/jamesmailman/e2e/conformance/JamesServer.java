// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.WireClient;

/** The runnable server with a listener: ours, or James's own. */
final class JamesServer implements Server {
    /** How many connections the server with small limits takes. */
    static final int MAX_CONNECTIONS = 4;

    /** Small, so that a message beyond it is quickly sent. */
    private static final String MAX_SIZE = "100K";

    private static final int TIMEOUT_SECONDS = 5;

    private final Listener listener;
    private final Site site;
    private final PrivateJames james;
    private final Optional<Server> restricted;
    private Optional<Stop> stop = Optional.empty();

    /** Whose connections they are. */
    enum Listener {
        OURS("our listener", "mailman-lmtp.xml"),
        STOCK("James's stock listener", "lmtpserver.xml");

        private final String heading;
        private final String file;

        Listener(String heading, String file) {
            this.heading = heading;
            this.file = file;
        }

        private PrivateJames.Builder in(PrivateJames.Builder james, UnaryOperator<String> change) {
            return this == OURS
                    ? james.listener(change)
                    : james.lmtpserver(xml -> change.apply(xml.replace("enabled=\"false\"", "enabled=\"true\"")));
        }
    }

    private JamesServer(Listener listener, Site site, PrivateJames james, Optional<Server> restricted) {
        this.listener = listener;
        this.site = site;
        this.james = james;
        this.restricted = restricted;
    }

    /** Starts it, and the one with small limits. */
    static Server start(Listener listener, Site site) {
        PrivateJames james = plain(listener, site);
        try {
            return new JamesServer(listener, site, james, Optional.of(restricted(listener, site)));
        } catch (RuntimeException | Error e) {
            james.close();
            throw e;
        }
    }

    private static PrivateJames plain(Listener listener, Site site) {
        return listener.in(
                        PrivateJames.inFrontOf(site.mailman())
                                .setting("message.max-size", MAX_SIZE)
                                // The same message is sent for one clause after the other, and counted each time.
                                .setting("queue.retransmit-window", "0"),
                        UnaryOperator.identity())
                .start();
    }

    private static Server restricted(Listener listener, Site site) {
        PrivateJames james = listener.in(PrivateJames.inFrontOf(site.mailman()), JamesServer::restricted)
                .mailetcontainer(JamesServer::withoutTheQueue)
                .file("conf/keystore.p12", site.certificate().keystore())
                .file("extensions-jars/site-hook.jar", site.siteHook())
                .start();
        return new JamesServer(listener, site, james, Optional.empty());
    }

    private static String restricted(String xml) {
        // One thread for all connections: whoever keeps it busy keeps them all waiting.
        String changed = xml.replaceFirst("<ioWorkerCount>.*</ioWorkerCount>", "")
                .replace("<connectiontimeout>", "<ioWorkerCount>1</ioWorkerCount><connectiontimeout>")
                .replace("<connectiontimeout>300<", "<connectiontimeout>" + TIMEOUT_SECONDS + "<")
                .replace("<connectionLimit>1000<", "<connectionLimit>" + MAX_CONNECTIONS + "<")
                .replace(
                        "<connectiontimeout>",
                        "<tls socketTLS=\"false\" startTLS=\"true\"><keystore>file://conf/keystore.p12</keystore>"
                                + "<keystoreType>PKCS12</keystoreType><secret>" + Certificate.SECRET
                                + "</secret></tls><connectiontimeout>")
                .replace(
                        "<!-- Handlers of your own come here. -->", "<handler class=\"" + SiteHook.CLASS_NAME + "\"/>");
        if (!changed.contains("<connectionLimit>" + MAX_CONNECTIONS) || !changed.contains(SiteHook.CLASS_NAME)) {
            throw new AssertionError("not as expected: " + xml);
        }
        return changed;
    }

    private static String withoutTheQueue(String xml) {
        return xml.replace(
                        "class=\"org.jamesmailman.mailets.EnqueueToMailman\"",
                        "class=\"org.apache.james.transport.mailets.Null\"")
                .replace("<onMailetException>propagate</onMailetException>", "");
    }

    @Override
    public String heading() {
        return listener.heading;
    }

    @Override
    public WireClient connect() {
        return WireClient.connect(james.port());
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public int defaultPort() {
        Path file = Path.of(System.getProperty("jamesmailman.distribution")).resolve("conf/" + listener.file);
        try {
            Matcher port = Pattern.compile("<bind>[^<]*:(\\d+)</bind>").matcher(Files.readString(file));
            if (!port.find()) {
                throw new AssertionError("no port in " + file);
            }
            return Integer.parseInt(port.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Server> restricted() {
        return restricted;
    }

    @Override
    public void release() {
        try {
            Files.createFile(james.varDirectory().resolve(SiteHook.RELEASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Stop> stop() {
        if (stop.isEmpty()) {
            PrivateJames ending = plain(listener, site);
            try (JamesServer server = new JamesServer(listener, site, ending, Optional.empty())) {
                stop = Optional.of(Stop.of(server, ending.program()::terminate));
            }
        }
        return stop;
    }

    @Override
    public void close() {
        restricted.ifPresent(Server::close);
        james.close();
    }
}
