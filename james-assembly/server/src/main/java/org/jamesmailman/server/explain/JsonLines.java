// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * Answers line by line: one line out for each line in, in order. What is answered is written when there is much of it,
 * or when nothing more is waiting to be read. Used by one thread.
 */
final class JsonLines {
    /** A message of 48 MiB in base64, and room for the addresses. */
    static final int MAX_LINE = 64 << 20;

    private static final SerializableString NO_SEPARATOR = new SerializedString("");

    private final DefaultPipeline pipeline;
    private final boolean withReasons;
    private final int maxLine;
    private final QuestionReader questions = new QuestionReader();

    /**
     * Makes it for a site.
     *
     * @param withReasons whether each line tells the reason, too
     */
    JsonLines(DefaultPipeline pipeline, boolean withReasons) {
        this(pipeline, withReasons, MAX_LINE);
    }

    JsonLines(DefaultPipeline pipeline, boolean withReasons, int maxLine) {
        this.pipeline = pipeline;
        this.withReasons = withReasons;
        this.maxLine = maxLine;
    }

    /**
     * How many lines there were.
     *
     * @param unanswered how many of them could not be read
     */
    record Count(long lines, long unanswered) {}

    /**
     * Answers until the end of the input.
     *
     * @throws OutputLostException when the answers reach nobody
     * @throws IOException when the input cannot be read
     */
    Count answer(InputStream in, OutputStream out) throws IOException {
        long lines = 0;
        long unanswered = 0;
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setRootValueSeparator(NO_SEPARATOR);
            InputLines input = new InputLines(in, maxLine, json);
            for (InputLines.Found found = input.next(); found != InputLines.Found.END; found = input.next()) {
                lines++;
                try {
                    write(json, answer(input, found));
                } catch (UnreadableLineException e) {
                    unanswered++;
                    writeError(json, "line " + lines + ": " + e.getMessage());
                }
            }
        }
        return new Count(lines, unanswered);
    }

    private Answer answer(InputLines input, InputLines.Found found) throws UnreadableLineException, IOException {
        if (found == InputLines.Found.TOO_LONG) {
            throw new UnreadableLineException("the line is longer than " + maxLine + " octets");
        }
        Question question = questions.read(input.buffer(), input.start(), input.length());
        try {
            return pipeline.explain(question.mailFrom(), question.recipient(), question.message())
                    .answer();
        } catch (RuntimeException e) {
            // A defect of ours: the archive's other messages shall have their answers all the same.
            throw new UnreadableLineException(
                    "this message could not be explained (" + e.getClass().getName() + "); report it", e);
        }
    }

    private void write(JsonGenerator json, Answer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("verdict", answer.verdict().text());
        json.writeStringField("rule", answer.rule());
        json.writeStringField("reply", answer.reply().map(Reply::toString).orElse(null));
        json.writeStringField("queue", answer.queue().orElse(null));
        if (withReasons) {
            json.writeStringField("reason", answer.reason());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static void writeError(JsonGenerator json, String sentence) throws IOException {
        json.writeStartObject();
        json.writeStringField("error", sentence);
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
