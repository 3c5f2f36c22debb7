// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jamesmailman.benchmarks.directory.LargeSite;
import org.jamesmailman.benchmarks.lmtp.sides.Sides;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.PrivatePostfix;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.TemporaryFolder;

/**
 * Messages posted through a real Postfix to a list, by each way in turn: from the first that Postfix gets to the last
 * that is where Mailman finds it, or in the Maildir.
 */
final class SeedExperiment {
    /** How many, where nothing else is said. */
    static final int MESSAGES = 100;

    private static final String DOMAIN = "example.com";
    private static final int SIZE = 4_096;

    /** The user and group {@code list} of every Debian. */
    private static final String LIST_ID = "38";

    private final Sides sides;
    private final int messages;
    private final Consumer<String> progress;

    SeedExperiment(Sides sides, int messages, Consumer<String> progress) {
        this.sides = sides;
        this.messages = messages;
        this.progress = progress;
    }

    /** How long each way took. */
    record Way(String name, double seconds) {}

    List<Way> run() {
        PrivateMailman mailman = sides.mailman(Plan.FEW_LISTS);
        Path queue = mailman.site().queue("in").path();
        List<Way> ways = new ArrayList<>();
        ways.add(run(
                "a program, `mailman inject`",
                PrivatePostfix.builder()
                        .transport(DOMAIN, "inject:")
                        .setting("inject_destination_recipient_limit", "1")
                        .service("inject unix - n n - - pipe\n  user=list argv=/usr/bin/python3"
                                + " /usr/lib/mailman3/bin/mailman -C "
                                + mailman.site().configurationFile() + " inject ${recipient}"),
                queue));
        try (TemporaryFolder maildir = TemporaryFolder.create("maildir")) {
            Program.of("chown", "list:list", maildir.path().toString()).runWell();
            ways.add(run(
                    "a Maildir, Postfix's `virtual`",
                    PrivatePostfix.builder()
                            .transport(DOMAIN, "virtual:")
                            .service("virtual unix - n n - - virtual")
                            .setting("virtual_mailbox_base", maildir.path().toString())
                            .setting("virtual_mailbox_maps", "static:list/")
                            .setting("virtual_minimum_uid", "1")
                            .setting("virtual_uid_maps", "static:" + LIST_ID)
                            .setting("virtual_gid_maps", "static:" + LIST_ID),
                    maildir.path().resolve("list/new")));
        }
        ways.add(run("LMTP, Mailman's runner", PrivatePostfix.builder().lmtp(DOMAIN, mailman.lmtpPort()), queue));
        int port = sides.james(Plan.FEW_LISTS).port();
        ways.add(run("LMTP, ours", PrivatePostfix.builder().lmtp(DOMAIN, port), queue));
        return ways;
    }

    private Way run(String name, PrivatePostfix.Builder builder, Path arrival) {
        progress.accept(messages + " messages through Postfix by " + name);
        clear(arrival);
        try (PrivatePostfix postfix = builder.start()) {
            long start = System.nanoTime();
            Program.of(
                            "/usr/sbin/smtp-source",
                            "-s",
                            "8",
                            "-m",
                            Integer.toString(messages),
                            "-l",
                            Integer.toString(SIZE),
                            "-f",
                            LargeSite.member(1),
                            "-t",
                            LargeSite.postingAddress(1),
                            "127.0.0.1:" + postfix.smtpPort())
                    .runWell();
            int arrived = 0;
            while (arrived < messages) {
                int before = arrived;
                try {
                    Await.until("another message in " + arrival, () -> count(arrival) > before);
                } catch (AssertionError e) {
                    throw new IllegalStateException(String.join("\n", postfix.log()), e);
                }
                arrived = count(arrival);
            }
            return new Way(name, (System.nanoTime() - start) / 1e9);
        }
    }

    /** What it is. */
    String words() {
        return messages
                + " messages posted through Postfix to a list, from the first that Postfix gets to the last that"
                + " has arrived:";
    }

    /** The table of what it gave, in Markdown. */
    static String table(List<Way> ways) {
        StringBuilder table = new StringBuilder("| by | seconds |\n| --- | --- |\n");
        ways.forEach(way -> table.append(String.format(Locale.ROOT, "| %s | %.2f |%n", way.name(), way.seconds())));
        return table.toString();
    }

    private static int count(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return (int) files.filter(file -> !file.toString().endsWith(".tmp")).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count the files of " + folder, e);
        }
    }

    private static void clear(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
    }
}
