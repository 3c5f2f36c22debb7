// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Reply;

/** An explanation for a reader's eyes. Nothing that an outsider has shaped gets to a terminal as it is. */
final class TextReport implements Report {
    private static final int MAX_TEXT_LENGTH = 2_000;
    private static final int LABEL_WIDTH = 16;
    private static final int RULE_WIDTH = 21;
    private static final int ANSWER_WIDTH = 8;

    @Override
    public void write(Case explained, Grounds grounds, OutputStream out) throws IOException {
        Lines lines = new Lines();
        Explanation explanation = explained.explanation();
        writeAnswer(lines, explanation, grounds);
        lines.blank();
        writeEnvelope(lines, explained);
        writeMessage(lines, explained);
        lines.blank();
        writeRules(lines, explanation);
        lines.blank();
        lines.labelled(
                "lists",
                grounds.lists() + ", read from " + grounds.source() + " at "
                        + grounds.takenAt().truncatedTo(ChronoUnit.SECONDS) + ", " + words(grounds.age()) + " ago");
        lines.labelled(
                "pipeline",
                String.join(" -> ", DefaultPipeline.MAILETS)
                        + ", the default; nothing was queued, and mailets and hooks of the site's own were not asked");
        out.write(lines.text().getBytes(StandardCharsets.UTF_8));
    }

    private static void writeAnswer(Lines lines, Explanation explanation, Grounds grounds) {
        Answer answer = explanation.answer();
        lines.labelled("verdict", answer.verdict().text());
        lines.labelled("rule", answer.rule() + ": " + answer.reason());
        lines.labelled("reply", answer.reply().map(Reply::toString).orElse("that of James's own handlers"));
        explanation.ifEnforced().ifPresent(reply -> lines.labelled("if enforced", reply.toString()));
        lines.labelled("queue", answer.queue().orElse("none"));
        lines.labelled(
                "settings",
                "policy.mode=" + grounds.modeText()
                        + (grounds.mode() == PolicyMode.OBSERVE ? " (the policy refuses nothing)" : "")
                        + ", policy.on-discard=" + grounds.onDiscardText());
    }

    private static void writeEnvelope(Lines lines, Case explained) {
        lines.labelled("mail from", '<' + explained.mailFrom() + '>');
        lines.labelled("rcpt to", '<' + explained.recipient() + '>');
        explained.explanation().destination().ifPresent(destination -> writeDestination(lines, destination));
    }

    private static void writeDestination(Lines lines, Destination destination) {
        lines.labelled("list-id", destination.listId());
        lines.labelled("posting address", destination.postingAddress());
        lines.labelled(
                "subaddress",
                destination.subaddress().map(Subaddress::canonicalName).orElse("none, it is a post"));
    }

    private static void writeMessage(Lines lines, Case explained) {
        String octets = explained.octets() + " octets";
        if (explained.explanation().analysis().isEmpty()) {
            lines.labelled("message", octets + ", not looked at");
            return;
        }
        MimeAnalysis analysis = explained.explanation().analysis().get();
        List<NamedDefect> defects = explained.explanation().defects();
        boolean isSound = defects.isEmpty() && analysis.doubt().isEmpty();
        lines.labelled("message", octets + (isSound ? ", no defects" : ""));
        for (NamedDefect defect : defects) {
            lines.labelled("defect", defect.defectName() + ": " + defect.explanation());
        }
        analysis.doubt().ifPresent(doubt -> lines.labelled("not known", doubt));
    }

    private static void writeRules(Lines lines, Explanation explanation) {
        if (explanation.decision().isEmpty()) {
            lines.labelled("rules", "none of Mailman's was asked");
            return;
        }
        List<Decision.Step> steps = explanation.decision().get().steps();
        lines.labelled("rules", "in Mailman's order, up to the one that decided");
        for (Decision.Step step : steps) {
            AnswerWords words = AnswerWords.of(step.answer());
            lines.step(step.rule(), words.word(), words.reason());
            step.read().filter(read -> !read.isEmpty()).ifPresent(lines::detail);
        }
    }

    private static String words(Duration age) {
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return age.toSeconds() + " s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " days";
    }

    /** The lines as they are put together. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();

        void labelled(String label, String value) {
            add(padded(label, LABEL_WIDTH) + value);
        }

        void step(String rule, String answer, String reason) {
            add("  " + padded(rule, RULE_WIDTH) + padded(answer, ANSWER_WIDTH) + reason);
        }

        void detail(String read) {
            add("      read: " + read);
        }

        void blank() {
            text.append('\n');
        }

        String text() {
            return text.toString();
        }

        private void add(String line) {
            text.append(Printable.ascii(line.stripTrailing(), MAX_TEXT_LENGTH)).append('\n');
        }

        private static String padded(String word, int width) {
            return word + " ".repeat(Math.max(1, width - word.length()));
        }
    }
}
