// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * A real MariaDB of Debian's package, in a folder and on a port of its own. It runs as the user {@code mysql}, so the
 * tests must run as root.
 *
 * <p>Not thread-safe.
 */
public final class PrivateMariaDb implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

    private final TemporaryFolder folder;
    private final int port = FreePorts.next();
    private RunningProgram server;

    private PrivateMariaDb(TemporaryFolder folder) {
        this.folder = folder;
        Account.MARIADB.own(folder.path());
        program("/usr/bin/mariadb-install-db", "--no-defaults", "--datadir=" + data(), "--skip-test-db")
                .with(List.of("--auth-root-authentication-method=normal", "--skip-name-resolve"))
                .runWell();
        this.server = launch();
    }

    /**
     * Makes a server without databases and returns when it answers.
     *
     * @throws IllegalStateException when we are not root, or MariaDB is not installed
     */
    public static PrivateMariaDb start() {
        Account.requireRoot();
        Program.requireInstalled(SERVER, "mariadb-server");
        TemporaryFolder folder = TemporaryFolder.create("mariadb");
        try {
            return new PrivateMariaDb(folder);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its socket. */
    public Path socket() {
        return folder.path().resolve("socket");
    }

    /** Makes a user with a password, and an empty database of that user and that name. */
    public void createDatabase(String name, String password) {
        execute("mysql", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        execute("mysql", "CREATE USER " + name + "@'%' IDENTIFIED BY '" + password + "'");
        execute("mysql", "GRANT ALL ON " + name + ".* TO " + name + "@'%'");
    }

    /**
     * Runs a statement as superuser.
     *
     * @return what it yields, its columns parted by tabulators
     */
    public String execute(String database, String statement) {
        return program("/usr/bin/mariadb", "--no-defaults", "--user=root", "--socket=" + socket(), "-N", "-B")
                .with(List.of("--execute=" + statement, database))
                .runWell()
                .strip();
    }

    /** Ends it, connections are cut. Its data stay. */
    public void stop() {
        server.close();
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
        RunningProgram program = program(SERVER.toString(), "--no-defaults", "--datadir=" + data())
                .with(List.of("--socket=" + socket(), "--bind-address=127.0.0.1", "--port=" + port))
                .with(List.of("--pid-file=" + folder.path().resolve("pid"), "--skip-name-resolve"))
                .with(List.of("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M"))
                .start(output);
        try {
            Await.until("MariaDB", () -> !program.isAlive() || isReady());
            if (!program.isAlive()) {
                throw new AssertionError("MariaDB ended with " + program.awaitExit());
            }
            return program;
        } catch (AssertionError e) {
            program.close();
            throw new AssertionError(e.getMessage() + "\n" + program.output(), e);
        }
    }

    private boolean isReady() {
        return program("/usr/bin/mariadb-admin", "--no-defaults", "--user=root", "--socket=" + socket(), "ping")
                        .run()
                        .exitCode()
                == 0;
    }

    private String data() {
        return folder.path().resolve("data").toString();
    }

    private Program program(String name, String... arguments) {
        return Program.of(name).with(List.of(arguments)).in(folder.path()).as(Account.MARIADB);
    }
}
