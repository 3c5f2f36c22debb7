// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.RunningProgram;
import org.jamesmailman.testing.TemporaryFolder;

/**
 * Debian's Dovecot, of which nothing but the LMTP server runs, in a folder and on a port of its own. Each address has a
 * Maildir, every address is known, and all that is written is fsynced.
 */
final class Dovecot implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");

    private final TemporaryFolder folder;
    private final int port;
    private final RunningProgram program;

    private Dovecot(TemporaryFolder folder, int port, RunningProgram program) {
        this.folder = folder;
        this.port = port;
        this.program = program;
    }

    static Dovecot start() {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is not there: install Debian's package dovecot-lmtpd"
                    + " (apt-get install --no-install-recommends dovecot-lmtpd)");
        }
        TemporaryFolder folder = TemporaryFolder.create("dovecot");
        int port = FreePorts.next();
        Path mail = folder.path().resolve("mail");
        Path configuration = folder.path().resolve("dovecot.conf");
        try {
            Files.createDirectory(mail);
            Files.writeString(configuration, configuration(folder.path(), port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Dovecot's configuration", e);
        }
        Program.of("chown", "list:list", mail.toString()).runWell();
        RunningProgram program = Program.of(PROGRAM.toString(), "-F", "-c", configuration.toString())
                .start(folder.path().resolve("dovecot.out"));
        try {
            Await.until("Dovecot's LMTP server", () -> Greeting.comesFrom(port) || !program.isAlive());
            if (!program.isAlive()) {
                throw new AssertionError("Dovecot did not start:\n" + program.output());
            }
        } catch (AssertionError e) {
            program.close();
            folder.close();
            throw e;
        }
        return new Dovecot(folder, port, program);
    }

    /** Sources: Dovecot 2.3's manual, pages Mail Location, LMTP Server, Service Configuration. */
    private static String configuration(Path directory, int port) {
        return """
                protocols = lmtp
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                ssl = no
                mail_location = maildir:%1$s/mail/%%u
                mail_fsync = always
                first_valid_uid = 1
                first_valid_gid = 1
                default_process_limit = 1000
                default_client_limit = 2000
                service lmtp {
                  inet_listener lmtp {
                    address = 127.0.0.1
                    port = %2$d
                  }
                }
                service auth {
                  client_limit = 2000
                }
                service anvil {
                  client_limit = 4000
                }
                passdb {
                  driver = static
                  args = nopassword=y
                }
                userdb {
                  driver = static
                  args = uid=list gid=list home=%1$s/mail/%%u allow_all_users=yes
                }
                """.formatted(directory, port);
    }

    int port() {
        return port;
    }

    long pid() {
        return program.pid();
    }

    /** The messages in all Maildirs. */
    StoredFiles stored() {
        return new StoredFiles(
                folder.path().resolve("mail"),
                file -> file.getParent().getFileName().toString().equals("new"));
    }

    @Override
    public void close() {
        try (folder) {
            program.close();
        }
    }
}
