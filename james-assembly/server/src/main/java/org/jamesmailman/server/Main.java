// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import ch.qos.logback.classic.ClassicConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.GuiceJamesServer;
import org.slf4j.LoggerFactory;

/**
 * Starts James in the foreground and says {@code READY lmtp=HOST:PORT} on standard output once every LMTP listener has
 * answered; logs go to standard error. Ends with 0 on SIGTERM, after the messages in hand have been answered; with 1
 * and one sentence on standard error when it cannot start; with 2 when it is called wrongly.
 */
public final class Main {
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Starts the server; returns when it is ready.
     *
     * @param arguments {@code [--conf DIR]}
     */
    public static void main(String[] arguments) {
        try {
            run(ServerDirectories.parse(arguments, System.getProperties()));
        } catch (UsageException e) {
            end(USAGE, e.getMessage());
        } catch (Exception | LinkageError e) {
            LoggerFactory.getLogger(Main.class).debug("James did not start", e);
            end(FAILURE, "cannot start: " + StartFailure.explain(e));
        }
    }

    private static void run(ServerDirectories directories) throws Exception {
        prepareLogging(directories.conf());
        // James would end the process itself, without a word on standard error that an administrator could act on.
        System.setProperty("james.exit.on.startup.error", "false");
        // As James's own scripts do: extensions read it.
        System.setProperty(
                ServerDirectories.WORKING_PROPERTY, directories.working().toString());
        GuiceJamesServer server = LeanJames.in(directories);
        server.start();
        String listeners = server.getProbe(LmtpListeners.class).awaitGreetings();
        stopAtTheEnd(server);
        say("READY " + listeners);
    }

    /** Before the first logger is made: Logback reads its configuration then. */
    private static void prepareLogging(Path conf) {
        Path logback = conf.resolve("logback.xml");
        if (Files.exists(logback) && System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) == null) {
            System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, logback.toString());
        }
    }

    /**
     * A JVM that is ended by a signal answers with 128 plus its number, whatever its hooks do; an orderly stop is no
     * failure, so the last one halts it with 0.
     */
    private static void stopAtTheEnd(GuiceJamesServer server) {
        Runtime runtime = Runtime.getRuntime();
        runtime.addShutdownHook(new Thread(
                () -> {
                    server.stop();
                    runtime.halt(SUCCESS);
                },
                "stop"));
    }

    @SuppressWarnings("SystemOut") // What scripts wait for; nothing else is written there.
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @SuppressWarnings("SystemOut") // The last word must be seen also where logging is configured away.
    private static void end(int code, String sentence) {
        System.err.println("james-mailman: " + sentence);
        System.exit(code);
    }
}
