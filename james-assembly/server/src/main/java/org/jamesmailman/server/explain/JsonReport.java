// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Reply;

/** An explanation as one JSON object on a line of its own; {@code docs/explain.md} lists its keys. */
final class JsonReport implements Report {
    @Override
    public void write(Case explained, Grounds grounds, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            Explanation explanation = explained.explanation();
            writeAnswer(json, explanation);
            json.writeStringField("mailFrom", explained.mailFrom());
            json.writeStringField("rcpt", explained.recipient());
            writeDestination(json, explanation);
            writeMessage(json, explained);
            writeRules(json, explanation);
            writeGrounds(json, grounds);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeAnswer(JsonGenerator json, Explanation explanation) throws IOException {
        Answer answer = explanation.answer();
        json.writeStringField("verdict", answer.verdict().text());
        json.writeStringField("rule", answer.rule());
        json.writeStringField("reason", answer.reason());
        json.writeStringField("reply", answer.reply().map(Reply::toString).orElse(null));
        json.writeStringField(
                "replyIfEnforced", explanation.ifEnforced().map(Reply::toString).orElse(null));
        json.writeStringField("queue", answer.queue().orElse(null));
    }

    private static void writeDestination(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeFieldName("destination");
        if (explanation.destination().isEmpty()) {
            json.writeNull();
            return;
        }
        Destination destination = explanation.destination().get();
        json.writeStartObject();
        json.writeStringField("listId", destination.listId());
        json.writeStringField("postingAddress", destination.postingAddress());
        json.writeStringField(
                "subaddress",
                destination.subaddress().map(Subaddress::canonicalName).orElse(null));
        json.writeEndObject();
    }

    private static void writeMessage(JsonGenerator json, Case explained) throws IOException {
        json.writeObjectFieldStart("message");
        json.writeNumberField("octets", explained.octets());
        if (explained.explanation().analysis().isPresent()) {
            MimeAnalysis analysis = explained.explanation().analysis().get();
            json.writeArrayFieldStart("defects");
            for (NamedDefect defect : explained.explanation().defects()) {
                json.writeStartObject();
                json.writeStringField("name", defect.defectName());
                json.writeStringField("explanation", defect.explanation());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("doubt", analysis.doubt().orElse(null));
        }
        json.writeEndObject();
    }

    private static void writeRules(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeArrayFieldStart("rules");
        if (explanation.decision().isPresent()) {
            for (Decision.Step step : explanation.decision().get().steps()) {
                AnswerWords words = AnswerWords.of(step.answer());
                json.writeStartObject();
                json.writeStringField("rule", step.rule());
                json.writeStringField("answer", words.word());
                json.writeStringField("reason", words.reason());
                json.writeStringField("read", step.read().orElse(""));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeGrounds(JsonGenerator json, Grounds grounds) throws IOException {
        json.writeObjectFieldStart("settings");
        json.writeStringField("policy.mode", grounds.modeText());
        json.writeStringField("policy.on-discard", grounds.onDiscardText());
        json.writeEndObject();
        json.writeObjectFieldStart("directory");
        json.writeStringField("source", grounds.source());
        json.writeStringField("takenAt", grounds.takenAt().toString());
        json.writeNumberField("ageSeconds", grounds.age().toSeconds());
        json.writeNumberField("lists", grounds.lists());
        json.writeEndObject();
        json.writeArrayFieldStart("pipeline");
        for (String mailet : DefaultPipeline.MAILETS) {
            json.writeString(mailet);
        }
        json.writeEndArray();
    }
}
