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
 * Answers line by line: one line out for each line in, in order. Lines that are there are answered together, by all
 * processors; nothing that has been asked is kept waiting for more questions. Used by one thread.
 */
final class JsonLines {
    /** A message of 48 MiB in base64, and room for the addresses. */
    static final int MAX_LINE = 64 << 20;

    private static final SerializableString NO_SEPARATOR = new SerializedString("");

    private final DefaultPipeline pipeline;
    private final boolean withReasons;
    private final int maxLine;

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
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setRootValueSeparator(NO_SEPARATOR);
            QuestionBatch batch = new QuestionBatch(pipeline, (line, answer) -> write(json, line, answer));
            InputLines input = new InputLines(in, maxLine, () -> {
                batch.answer();
                json.flush();
            });
            for (InputLines.Found found = input.next(); found != InputLines.Found.END; found = input.next()) {
                if (found == InputLines.Found.LINE) {
                    batch.add(input.line());
                } else {
                    batch.addUnreadable("the line is longer than " + maxLine + " octets");
                }
            }
            batch.answer();
            return batch.count();
        }
    }

    private void write(JsonGenerator json, long line, QuestionBatch.Answered answered) throws IOException {
        json.writeStartObject();
        if (answered instanceof QuestionBatch.Answered.Unreadable unreadable) {
            json.writeStringField("error", "line " + line + ": " + unreadable.why());
        } else {
            Answer answer = ((QuestionBatch.Answered.Explained) answered).answer();
            json.writeStringField("verdict", answer.verdict().text());
            json.writeStringField("rule", answer.rule());
            json.writeStringField("reply", answer.reply().map(Reply::toString).orElse(null));
            json.writeStringField("queue", answer.queue().orElse(null));
            if (withReasons) {
                json.writeStringField("reason", answer.reason());
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
