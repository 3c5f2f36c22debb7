// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * A real PostgreSQL of Debian's package, in a folder and on a port of its own. It runs as the user {@code postgres}, so
 * the tests must run as root. Over TCP everybody needs a password, over the socket nobody does.
 *
 * <p>Not thread-safe.
 */
public final class PrivatePostgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final String SUPERUSER = "postgres";

    private final TemporaryFolder folder;
    private final int port = FreePorts.next();
    private RunningProgram server;

    private PrivatePostgres(TemporaryFolder folder) {
        this.folder = folder;
        Account.POSTGRES.own(folder.path());
        program("initdb", "-D", data(), "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256")
                .with(List.of("-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8"))
                .runWell();
        this.server = launch();
    }

    /**
     * Makes a server without databases and returns when it answers.
     *
     * @throws IllegalStateException when we are not root, or PostgreSQL is not installed
     */
    public static PrivatePostgres start() {
        Account.requireRoot();
        Program.requireInstalled(PROGRAMS.resolve("postgres"), "postgresql-15");
        TemporaryFolder folder = TemporaryFolder.create("postgres");
        try {
            return new PrivatePostgres(folder);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The directory of its socket. */
    public Path socketDirectory() {
        return folder.path();
    }

    /** Makes a user with a password, and an empty database of that user and that name. */
    public void createDatabase(String name, String password) {
        execute(SUPERUSER, "CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
        execute(SUPERUSER, "CREATE DATABASE " + name + " OWNER " + name);
    }

    /**
     * Runs a statement as superuser.
     *
     * @return what it yields, its columns parted by {@code |}
     */
    public String execute(String database, String statement) {
        return program("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER)
                .with(List.of("-h", folder.path().toString(), "-p", Integer.toString(port)))
                .with(List.of("-d", database, "-c", statement))
                .runWell()
                .strip();
    }

    /** Ends it at once, as its administrator does: connections are cut. Its data stay. */
    public void stop() {
        program("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop").runWell();
        server.awaitExit();
    }

    /** Starts it again over the data that it left, and returns when it answers. */
    public void restart() {
        server = launch();
    }

    @Override
    public void close() {
        if (server.isAlive()) {
            stop();
        }
        folder.close();
    }

    private RunningProgram launch() {
        Path output = folder.path().resolve("server.out");
        RunningProgram program = program(
                        "postgres", "-D", data(), "-k", folder.path().toString())
                .with(List.of("-h", "127.0.0.1", "-p", Integer.toString(port)))
                .with(List.of("-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=30"))
                .start(output);
        try {
            Await.until("PostgreSQL", () -> !program.isAlive() || isReady());
            if (!program.isAlive()) {
                throw new AssertionError("PostgreSQL ended with " + program.awaitExit());
            }
            return program;
        } catch (AssertionError e) {
            program.close();
            throw new AssertionError(e.getMessage() + "\n" + program.output(), e);
        }
    }

    private boolean isReady() {
        return program("pg_isready", "-q", "-h", folder.path().toString(), "-p", Integer.toString(port))
                        .run()
                        .exitCode()
                == 0;
    }

    private String data() {
        return folder.path().resolve("data").toString();
    }

    private Program program(String name, String... arguments) {
        return Program.of(PROGRAMS.resolve(name).toString())
                .with(List.of(arguments))
                .in(folder.path())
                .as(Account.POSTGRES);
    }
}
