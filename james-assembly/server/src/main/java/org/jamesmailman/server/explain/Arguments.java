// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.server.UsageException;

/**
 * What the command line says.
 *
 * @param form of input and output
 * @param mailFrom without brackets; empty for the null reverse-path, and with {@link Form#LINES}
 * @param recipients without brackets, one or more; none with {@link Form#LINES}
 * @param withReasons with {@link Form#LINES}: whether each line tells the reason
 * @param conf the configuration directory, when it is named
 */
record Arguments(Form form, String mailFrom, List<String> recipients, boolean withReasons, Optional<Path> conf) {
    static final String USAGE = "usage: james-mailman explain --mail-from ADDRESS --rcpt ADDRESS... [--json]"
            + " [--conf DIR] < message, or james-mailman explain --jsonl [--reasons] [--conf DIR] < lines";

    /** What is read and written. */
    enum Form {
        /** A message; text. */
        TEXT,
        /** A message; an object for each recipient. */
        JSON,
        /** A question a line; an answer a line. */
        LINES,
        /** Nothing; how the command is used. */
        HELP
    }

    /**
     * Reads the command line; {@code --key=value} is as good as {@code --key value}.
     *
     * @throws UsageException when it cannot be obeyed
     */
    static Arguments parse(String[] arguments) throws UsageException {
        Reader reader = new Reader(new ArrayDeque<>(List.of(arguments)));
        while (!reader.left.isEmpty()) {
            reader.readOne();
        }
        return reader.finish();
    }

    /** Collects what the arguments say, one after the other. */
    private static final class Reader {
        private final Deque<String> left;
        private final List<String> recipients = new ArrayList<>();
        private Optional<String> mailFrom = Optional.empty();
        private Optional<Path> conf = Optional.empty();
        private boolean json;
        private boolean lines;
        private boolean reasons;
        private boolean help;

        private Reader(Deque<String> left) {
            this.left = left;
        }

        private void readOne() throws UsageException {
            String argument = left.pop();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = argument;
            if (equals > 0) {
                name = argument.substring(0, equals);
                left.push(argument.substring(equals + 1));
            }
            switch (name) {
                case "--mail-from" -> mailFrom = once(name, mailFrom, withoutBrackets(value(name)));
                case "--rcpt" -> recipients.add(withoutBrackets(value(name)));
                case "--conf" -> conf = once(name, conf, Path.of(value(name)));
                case "--json" -> json = flag(name, equals);
                case "--jsonl" -> lines = flag(name, equals);
                case "--reasons" -> reasons = flag(name, equals);
                case "--help", "-h" -> help = flag(name, equals);
                default -> throw wrong("unknown argument '" + name + "'");
            }
        }

        private Arguments finish() throws UsageException {
            if (help) {
                return of(Form.HELP);
            }
            if (lines) {
                if (json || mailFrom.isPresent() || !recipients.isEmpty()) {
                    throw wrong("--jsonl goes without --json, --mail-from and --rcpt: each line has its own");
                }
                return of(Form.LINES);
            }
            if (reasons) {
                throw wrong("--reasons goes with --jsonl alone: the others tell reasons anyway");
            }
            if (mailFrom.isEmpty()) {
                throw wrong("--mail-from is missing ('' for the null reverse-path)");
            }
            if (recipients.isEmpty()) {
                throw wrong("--rcpt is missing");
            }
            return of(json ? Form.JSON : Form.TEXT);
        }

        private Arguments of(Form form) {
            return new Arguments(form, mailFrom.orElse(""), List.copyOf(recipients), reasons, conf);
        }

        private String value(String name) throws UsageException {
            if (left.isEmpty()) {
                throw wrong(name + " needs a value");
            }
            return left.pop();
        }

        private static boolean flag(String name, int equals) throws UsageException {
            if (equals > 0) {
                throw wrong(name + " takes no value");
            }
            return true;
        }

        private static <T> Optional<T> once(String name, Optional<T> before, T value) throws UsageException {
            if (before.isPresent()) {
                throw wrong(name + " stands there twice");
            }
            return Optional.of(value);
        }

        private static String withoutBrackets(String address) {
            return address.startsWith("<") && address.endsWith(">")
                    ? address.substring(1, address.length() - 1)
                    : address;
        }

        private static UsageException wrong(String what) {
            return new UsageException(what + "; " + USAGE);
        }
    }
}
