// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * Loads queue entries with Mailman's own classes, in the Python below Debian's Mailman, and tells what is in them. One
 * Python process, run by Mailman's user, serves all look-ups of a reader.
 *
 * <p>Not thread-safe.
 */
public final class PickleReader implements AutoCloseable {
    private static final String SCRIPT = "read_entries.py";

    private final Process python;
    private final Writer requests;
    private final BufferedReader answers;

    private PickleReader(Process python) {
        this.python = python;
        this.requests = new BufferedWriter(new OutputStreamWriter(python.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the Python.
     *
     * @throws IllegalStateException when we are not root
     */
    public static PickleReader start() {
        Program program =
                Program.of("/usr/bin/python3", "-I", "-B", "-c", script()).asMailman();
        return new PickleReader(program.startConversation());
    }

    /**
     * Loads an entry.
     *
     * @throws AssertionError when Mailman could not load it
     */
    public EntryState read(Path entry) {
        return ask("whole", entry);
    }

    /**
     * Loads an entry of a message that came without a Message-ID. What {@link EntryState#comparable()} tells of the
     * generated id is only that it is one, and that the hashes are its own.
     *
     * @throws AssertionError when Mailman could not load it
     */
    public EntryState readWithGeneratedId(Path entry) {
        return ask("without-id", entry);
    }

    /**
     * Whether an entry, loaded, is what Mailman's parser makes of a message's octets, but for what Mailman's LMTP
     * server adds to each: Message-ID where there was none, its hashes, X-MailFrom.
     *
     * @param message a file with the octets, that every user may read
     * @throws AssertionError when Mailman could not load the entry
     */
    public boolean holds(Path entry, Path message) {
        return (Boolean) answered(entry, "holds " + message).get("holds");
    }

    /** Ends the Python. */
    @Override
    public void close() {
        try (requests;
                answers) {
            python.destroy();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the reader of queue entries", e);
        }
    }

    private EntryState ask(String mode, Path entry) {
        return state(answered(entry, mode));
    }

    private Map<String, Object> answered(Path entry, String mode) {
        try {
            requests.write(mode + '\t' + entry + '\n');
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the reader of queue entries died of " + entry);
            }
            Map<String, Object> facts = Json.object(answer);
            if (facts.containsKey("error")) {
                throw new AssertionError("Mailman cannot load " + entry + ": " + facts.get("error"));
            }
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the reader of queue entries", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static EntryState state(Map<String, Object> answer) {
        return new EntryState(
                (String) answer.get("comparable"),
                (String) answer.get("unix_from"),
                (String) answer.get("message_id"),
                (String) answer.get("list_id"),
                LocalDateTime.parse((String) answer.get("received_time")),
                (List<String>) answer.get("headers"));
    }

    private static String script() {
        try (InputStream script = PickleReader.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCRIPT, e);
        }
    }
}
