// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.message.HeaderField;
import org.jamesmailman.mailman.message.MimeAnalysis;

/** A message that Mailman may stumble over, before its rules or in one of the first, is left to it. */
final class ReadableMessage implements PostingRule {
    /** Mailman's replybot reads the first of each of these as text ({@code handlers/replybot.py}). */
    private static final List<String> READ_AS_TEXT = List.of("x-ack", "precedence");

    @Override
    public String name() {
        return "message";
    }

    @Override
    public RuleAnswer check(Post post) {
        MimeAnalysis message = post.analysis();
        if (!message.hazards().isEmpty()
                || message.doubt().isPresent()
                || !message.headers().isComplete()) {
            return new RuleAnswer.CannotTell("Mailman may stumble over the message");
        }
        boolean shunted = READ_AS_TEXT.stream().anyMatch(name -> message.headers()
                .first(name)
                .filter(HeaderField::isEightBit)
                .isPresent());
        return shunted
                ? new RuleAnswer.CannotTell("a header that Mailman reads as text is not ASCII")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        MimeAnalysis message = post.analysis();
        String eightBit = message.headers().fields().stream()
                .filter(HeaderField::isEightBit)
                .map(HeaderField::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return message.headers().fields().size() + " header fields, 8-bit in "
                + (eightBit.isEmpty() ? "none" : eightBit) + "; hazards "
                + message.hazards() + message.doubt().map(doubt -> "; " + doubt).orElse("");
    }
}
