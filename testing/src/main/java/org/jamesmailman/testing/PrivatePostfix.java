// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Postfix of Debian's package, in a folder and on a port of its own. It takes SMTP from this machine, hands the
 * domains that it was told of to their LMTP servers, and everything else, its own DSNs among it, to a sink. A deferred
 * mail is tried again within seconds.
 *
 * <p>Postfix must be started by root. Not thread-safe.
 */
public final class PrivatePostfix implements AutoCloseable {
    private static final Path POSTFIX = Path.of("/usr/sbin/postfix");

    private final TemporaryFolder folder;
    private final int smtpPort;
    private final ProcessGuard guard;

    private PrivatePostfix(TemporaryFolder folder, int smtpPort) {
        this.folder = folder;
        this.smtpPort = smtpPort;
        this.guard = launch();
    }

    /** What it is to do with which mail. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port of 127.0.0.1 where it takes mail. */
    public int smtpPort() {
        return smtpPort;
    }

    /** Its log so far, line by line. */
    public List<String> log() {
        Path log = folder.path().resolve("maillog");
        try {
            return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /**
     * The first line of the log in which the pattern is found, once it is there.
     *
     * @throws AssertionError with the log, when there is none after {@link Await#PATIENCE}
     */
    public String awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return Await.within(Await.PATIENCE, () -> log().stream()
                        .filter(line -> pattern.matcher(line).find())
                        .findFirst())
                .orElseThrow(
                        () -> new AssertionError("waited in vain for " + regex + " in:\n" + String.join("\n", log())));
    }

    /** All attempts to deliver so far. */
    public List<PostfixDelivery> deliveries() {
        return log().stream().flatMap(line -> PostfixDelivery.of(line).stream()).toList();
    }

    /**
     * The first attempt to deliver to a recipient, once there was one.
     *
     * @throws AssertionError with the log, when there was none after {@link Await#PATIENCE}
     */
    public PostfixDelivery awaitDelivery(String recipient) {
        return awaitDelivery(recipient, "[a-z]+");
    }

    /**
     * The first attempt to deliver to a recipient that ended with a status: {@code sent}, {@code deferred} and so on.
     */
    public PostfixDelivery awaitDelivery(String recipient, String status) {
        String line = awaitLog(" to=<" + Pattern.quote(recipient) + ">,.* status=" + status + " ");
        return PostfixDelivery.of(line).orElseThrow(() -> new AssertionError("Postfix logs in a new way: " + line));
    }

    @Override
    public void close() {
        boolean ended = guard.end();
        if (!ended) {
            throw new AssertionError("Postfix had to be killed:\n" + String.join("\n", log()));
        }
        folder.close();
    }

    private ProcessGuard launch() {
        Program.of(POSTFIX.toString(), "-c", folder.path().resolve("config").toString(), "start")
                .runWell();
        return new ProcessGuard(Await.value("Postfix's process id", () -> ProcessHandle.of(masterPid())));
    }

    private long masterPid() {
        try {
            return Long.parseLong(Files.readString(folder.path().resolve("queue/pid/master.pid"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Postfix left no process id", e);
        }
    }

    /** Chooses what Postfix does with which mail. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> transports = new LinkedHashMap<>();
        private final List<String> transportMaps = new ArrayList<>();
        private final List<String> services = new ArrayList<>();
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder() {}

        /** Hands a domain's mail to the LMTP server on a port of 127.0.0.1. */
        public Builder lmtp(String domain, int port) {
            return transport(domain, "lmtp:inet:[127.0.0.1]:" + port);
        }

        /** Hands a domain's mail to a delivery agent, such as {@code virtual:}. */
        public Builder transport(String domain, String transport) {
            transports.put(domain, transport);
            return this;
        }

        /** A further service: a line of {@code master.cf}. */
        public Builder service(String line) {
            services.add(line);
            return this;
        }

        /** Hands mail on as a look-up table says, such as {@code regexp:/path}; it comes before {@link #lmtp}. */
        public Builder transportMap(String table) {
            transportMaps.add(table);
            return this;
        }

        /** Hands all other mail, DSNs included, to the SMTP server on a port of 127.0.0.1. */
        public Builder relayTo(int port) {
            return setting("relayhost", "[127.0.0.1]:" + port);
        }

        /** Any setting of {@code main.cf}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Starts it and returns when it takes mail.
         *
         * @throws IllegalStateException when we are not root, or Postfix is not installed
         * @throws AssertionError when it does not start
         */
        public PrivatePostfix start() {
            Account.requireRoot();
            Program.requireInstalled(POSTFIX, "postfix");
            TemporaryFolder folder = TemporaryFolder.create("postfix");
            try {
                int port = FreePorts.next();
                writeTo(folder.path(), port);
                return new PrivatePostfix(folder, port);
            } catch (IOException e) {
                folder.close();
                throw new UncheckedIOException("cannot write Postfix's configuration", e);
            } catch (RuntimeException | Error e) {
                folder.close();
                throw e;
            }
        }

        private void writeTo(Path directory, int port) throws IOException {
            Path config = Files.createDirectory(directory.resolve("config"));
            Files.createDirectory(directory.resolve("queue"));
            Account.POSTFIX.own(Files.createDirectory(directory.resolve("data")));
            Files.writeString(config.resolve("transport"), lines(transports, " "));
            Files.writeString(config.resolve("master.cf"), PostfixConfiguration.master(port, services));
            Map<String, String> main = PostfixConfiguration.main(directory, List.copyOf(transports.keySet()));
            transportMaps.add("texthash:" + config.resolve("transport"));
            main.put("transport_maps", String.join(", ", transportMaps));
            main.putAll(settings);
            Files.writeString(config.resolve("main.cf"), lines(main, " = "));
        }

        private static String lines(Map<String, String> pairs, String separator) {
            return pairs.entrySet().stream()
                    .map(pair -> pair.getKey() + separator + pair.getValue() + '\n')
                    .collect(Collectors.joining());
        }
    }
}
