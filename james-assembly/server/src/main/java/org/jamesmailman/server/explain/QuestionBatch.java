// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gathers lines, and answers them on all processors, in order. Used by one thread. */
final class QuestionBatch {
    /** Enough to keep the processors busy, and little to keep in memory. */
    private static final int MAX_LINES = 512;

    private static final int MAX_OCTETS = 8 << 20;

    private final DefaultPipeline pipeline;
    private final Writer writer;
    private final QuestionReader questions = new QuestionReader();
    private final List<Supplier<Answered>> waiting = new ArrayList<>();
    private long waitingOctets;
    private long lines;
    private long unanswered;

    /** What came of a line. */
    sealed interface Answered {
        /** It was understood. */
        record Explained(Answer answer) implements Answered {}

        /** It was not; why, in a clause of printable ASCII. */
        record Unreadable(String why) implements Answered {}
    }

    /** Takes the answers, in order. */
    @FunctionalInterface
    interface Writer {
        /**
         * Takes one.
         *
         * @param line the number of the line, from 1
         */
        void write(long line, Answered answered) throws IOException;
    }

    QuestionBatch(DefaultPipeline pipeline, Writer writer) {
        this.pipeline = pipeline;
        this.writer = writer;
    }

    /** Adds a line, and answers what has been gathered when that is much. */
    void add(byte[] line) throws IOException {
        add(() -> answer(line), line.length);
    }

    /** Adds a line that was not kept; for the rest as {@link #add(byte[])}. */
    void addUnreadable(String why) throws IOException {
        add(() -> new Answered.Unreadable(why), 0);
    }

    private void add(Supplier<Answered> answered, int octets) throws IOException {
        waiting.add(answered);
        waitingOctets += octets;
        if (waiting.size() >= MAX_LINES || waitingOctets >= MAX_OCTETS) {
            answer();
        }
    }

    /** Answers what has been gathered. */
    void answer() throws IOException {
        List<Answered> answers = waiting.parallelStream().map(Supplier::get).toList();
        waiting.clear();
        waitingOctets = 0;
        for (Answered answer : answers) {
            lines++;
            if (answer instanceof Answered.Unreadable) {
                unanswered++;
            }
            writer.write(lines, answer);
        }
    }

    JsonLines.Count count() {
        return new JsonLines.Count(lines, unanswered);
    }

    private Answered answer(byte[] line) {
        try {
            Question question = questions.read(line);
            return new Answered.Explained(
                    pipeline.explain(question.mailFrom(), question.recipient(), question.message())
                            .answer());
        } catch (UnreadableLineException e) {
            return new Answered.Unreadable(e.getMessage());
        } catch (IOException | RuntimeException e) {
            // A defect of ours: the archive's other messages shall have their answers all the same.
            return new Answered.Unreadable(
                    "this message could not be explained (" + e.getClass().getName() + "); report it");
        }
    }
}
