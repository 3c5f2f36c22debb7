// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link QueueServer} in a Java of its own, as a test speaks with it. */
final class QueueServerProcess implements Closeable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private QueueServerProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts it, and returns when it has the queue open.
     *
     * @param wrapper a command that runs the one behind it, or none
     */
    static QueueServerProcess start(Path queue, String... wrapper) {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QueueServer.class.getName(),
                queue.toString()));
        try {
            QueueServerProcess server = new QueueServerProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            server.expectAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Stages an entry with a new message of so many octets, and gives its file, or why there is none. */
    String stage(String queue, int size) {
        return stage(queue, size, System.nanoTime());
    }

    /** The same, with a message that may come again. */
    String stage(String queue, int size, long message) {
        return ask("stage " + queue + " " + size + " " + message);
    }

    /** Commits what is staged, and tells what became of the last of it. */
    String commit() {
        return ask("commit");
    }

    /** Ends it in the middle of everything, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private String ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            return expectAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String expectAnswer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the server has ended");
        }
        return answer;
    }
}
