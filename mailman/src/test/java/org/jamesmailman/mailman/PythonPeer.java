// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program on Debian's Python, the one that Mailman runs on, in a process of its own: it reads one JSON value a line
 * and answers each with another. What it says is what must come out on our side.
 */
public final class PythonPeer implements AutoCloseable {
    /** Not the first {@code python3} of the path: Mailman's packages are Debian's. */
    public static final String PYTHON = "/usr/bin/python3";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Path script;
    private final Process python;
    private final Writer questions;
    private final BufferedReader answers;

    private PythonPeer(Path script, Process python) {
        this.script = script;
        this.python = python;
        this.questions = python.outputWriter(StandardCharsets.US_ASCII);
        this.answers = python.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * Starts a script that lies beside this class.
     *
     * @param command put before the interpreter, as {@code runuser -u list --}
     */
    public static PythonPeer start(List<String> command, String name, String... arguments) {
        try {
            Path script = Files.createTempFile("peer-", "-" + name);
            Files.writeString(script, read(name));
            // Whoever runs it must be able to read it.
            script.toFile().setReadable(true, false);
            List<String> whole = Stream.of(command.stream(), Stream.of(PYTHON, script.toString()), Stream.of(arguments))
                    .flatMap(part -> part)
                    .toList();
            return new PythonPeer(
                    script,
                    new ProcessBuilder(whole)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The tests need Debian's python3 and mailman3", e);
        }
    }

    public static PythonPeer start(String name, String... arguments) {
        return start(List.of(), name, arguments);
    }

    /** Asks one question, any value that Jackson can write; the first answer may take as long as Mailman's imports. */
    public JsonNode ask(Object question) {
        try {
            questions.write(JSON.writeValueAsString(question));
            questions.write('\n');
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("Python answers no more; see the standard error");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) throws IOException {
        try (InputStream script = PythonPeer.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        try {
            questions.close();
            if (!python.waitFor(10, TimeUnit.SECONDS)) {
                python.destroyForcibly();
            }
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            python.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
